#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <limits>

#include "brenier/io.hpp"
#include "brenier/sampling.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "options/suggestion.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

struct SampleRequest {
  SampleOptions options;
  std::string out = "-";
};

void declare(Arguments& arguments, SampleRequest& request) {
  constexpr Index most = std::numeric_limits<Index>::max();
  SampleOptions& options = request.options;
  arguments.positional("KIND", options.kind, enumerate(sample_kinds()));
  arguments.option("n", "N", whole_number(options.n, Index{1}, most), "number of points; required");
  arguments.option("dim", "D", whole_number(options.dimension, Index{1}, most), "dimension (default 2)");
  arguments.option("seed", "S", whole_number(options.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()),
                   "the same seed gives the same bytes (default 0)");
  arguments.option("out", "FILE", text(request.out), "where to write the cloud (default -: CSV on standard output)");
  arguments.option("modes", "K", whole_number(options.modes, Index{1}, most), "ring: number of Gaussians (default 8)");
  arguments.option("radius", "R", real_number(options.radius, Range::positive),
                   "ring, ball, annulus, swissroll, checkerboard: radius (default 1)");
  arguments.option("std", "SIGMA", real_number(options.std, Range::not_negative),
                   "ring, gaussian, swissroll: standard deviation (default 0.1, 1, 0)");
  arguments.flag("stratified", options.stratified,
                 "ring: as many points in each mode, as near as n allows; gaussian: one in each of n sectors");
}

/// Refuses a cloud that this machine has no memory for, before the system ends the process for trying.
void check_memory(const SampleOptions& options) {
  const double memory = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  const double needed = static_cast<double>(options.n) * static_cast<double>(options.dimension) * sizeof(double);
  if (needed > memory) {
    throw UsageError("--n " + std::to_string(options.n) + " --dim " + std::to_string(options.dimension) +
                     ": the coordinates take " + digits(needed / 1e9, 3) + " GB, this machine has " +
                     digits(memory / 1e9, 3) + " GB");
  }
}

}  // namespace

int run_sample(const std::vector<std::string>& words) {
  SampleRequest request;
  Arguments arguments("sample", "Draws N points of equal weight from a known law.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  const std::vector<std::string>& kinds = sample_kinds();
  if (std::find(kinds.begin(), kinds.end(), request.options.kind) == kinds.end()) {
    throw UsageError("unknown KIND " + request.options.kind + ": expected " + enumerate(kinds) +
                     did_you_mean(request.options.kind, kinds));
  }
  if (!arguments.given("n")) throw UsageError("--n N is missing");
  check_memory(request.options);
  check_outputs({{"--out", request.out, Content::measure}}, {});

  const DiscreteMeasure cloud = sample(request.options);
  write_measure(request.out, cloud);
  if (request.out != "-") std::cout << describe_cloud(request.out, cloud) << '\n';
  return exit_done;
}

}  // namespace brenier::cli
