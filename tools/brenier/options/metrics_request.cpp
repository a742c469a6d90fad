#include "options/metrics_request.hpp"

#include <sstream>

#include "io/output.hpp"
#include "options/files.hpp"
#include "options/law_option.hpp"
#include "options/option_values.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

constexpr Index most = Index{1} << 53;

/// Stores "1", "2" or "1,2".
Setter orders(std::vector<int>& value) {
  return [&value](const std::string& typed) {
    if (typed == "1" || typed == "2") {
      value = {typed == "1" ? 1 : 2};
    } else if (typed == "1,2" || typed == "2,1") {
      value = {1, 2};
    } else {
      throw std::invalid_argument("expected 1, 2 or 1,2");
    }
  };
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

RowFormat::Kind MetricsRequest::row_format() const {
  const bool named_so = ends_with(out, ".jsonl") || ends_with(out, ".ndjson");
  const bool json = format == Format::json_lines || (format == Format::by_name && named_so);
  return json ? RowFormat::Kind::json_lines : RowFormat::Kind::csv;
}

std::string MetricsRequest::settings() const {
  std::ostringstream text;
  text << "subsample " << subsample << " repeats " << repeats << " seed " << seed << " floor " << floor_repeats
       << " law " << law << " radius " << digits(radius) << " normalize " << normalize;
  return text.str();
}

void declare(Arguments& arguments, MetricsRequest& request) {
  arguments.option("order", "P,...", orders(request.orders), "distances: 1, 2 or 1,2 (default 1,2)");
  arguments.option(
      "floor", "R", whole_number(request.floor_repeats, Index{1}, most),
      "add the floor: the mean distance of R pairs of samples of the target, disjoint halves or sets of N");
  arguments.option("law", "KIND[:NAME=VALUE,...]", text(request.law),
                   "draw the floor's samples, as large as TARGET, from this law of brenier sample, e.g. ring:std=0.2");
  arguments.option("subsample", "N", whole_number(request.subsample, Index{1}, most),
                   "measure N points of each run against N of the target, drawn anew for each repeat");
  arguments.option("repeats", "R", whole_number(request.repeats, Index{1}, most),
                   "draws of a subsample, reported by mean and standard deviation (default 5)");
  arguments.option("seed", "S", whole_number(request.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()),
                   "of all that is drawn (default 0)");
  arguments.flag("frechet", request.frechet, "add the Gaussian W2 and the Frechet distance of the clouds' moments");
  arguments.flag("one-nn", request.nearest_neighbour,
                 "add the leave-one-out 1-NN accuracy: 0.5 where run and target look like one law");
  arguments.option("centres", "FILE", text(request.centres),
                   "add the points and the mass of each mode of a mixture with these centres");
  arguments.option("radius", "R", real_number(request.radius, Range::not_negative),
                   "a mode ends at this distance from its centre, usually 3 standard deviations (default: nowhere)");
  arguments.option("out", "FILE", text(request.out), "write the rows to a file (default: standard output)");
  arguments.flag("append", request.append, "go on with the rows in FILE, measuring no run again that has one");
  arguments.option("format", "NAME",
                   one_of<MetricsRequest::Format>(request.format, {{"csv", MetricsRequest::Format::csv},
                                                                   {"jsonl", MetricsRequest::Format::json_lines}}),
                   "csv, or jsonl: an object a line (default: jsonl for a FILE in .jsonl, else csv)");
  arguments.option("jobs", "J", whole_number(request.jobs, 1, 1024),
                   "runs to measure at once, each on one thread; the rows do not depend on it (default: one a core)");
  arguments.option("threads", "N", whole_number(request.threads, 1, 1024), "threads of each job");
  arguments.option("memory", "SIZE", byte_size(request.memory),
                   "what the jobs may take together, e.g. 8G (default: half of what is free)");
  add_normalize(arguments, request.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
}

void add_metrics_notes(Arguments& arguments) {
  arguments.note(
      "Columns, in the units of the coordinates; all are exact, distances are proven over all pairs of points:\n"
      "  run, n            the file, and how many of its points were measured\n"
      "  w1, w2            Wasserstein distances; of subsamples their mean, and w1_sd, w2_sd\n"
      "  floor_n, floor_w1, floor_w1_sd, ...  size of the floor's samples, mean, standard deviation\n"
      "  gaussian_w2       W2 of Gaussians with the clouds' moments, a lower bound of w2\n"
      "  frechet           its square with unbiased covariances: the FID where the points are Inception features\n"
      "  one_nn, one_nn_run, one_nn_target  1-NN accuracy, and of the points of each; the larger cloud is subsampled\n"
      "  modes, in_modes   modes with a point within the radius, and the mass within it\n"
      "  count_0, mass_0, ...  points and mass whose nearest centre, within the radius, is that one\n"
      "  fingerprint       of the target and the options: rows with the same one can be compared\n"
      "  error             why there are no figures, otherwise empty\n");
  arguments.note(cloud_formats_help());
}

void check(const Arguments& arguments, const MetricsRequest& request, const std::vector<std::string>& runs) {
  const auto needs = [&arguments](const char* option, const char* other) {
    if (arguments.given(option) && !arguments.given(other)) {
      throw UsageError(std::string("--") + option + " needs --" + other);
    }
  };
  needs("repeats", "subsample");
  needs("law", "floor");
  needs("radius", "centres");
  needs("append", "out");
  if (!request.law.empty()) parse_law("--law", request.law);
  std::vector<std::string> inputs = runs;
  inputs.push_back(request.target);
  if (!request.centres.empty()) inputs.push_back(request.centres);
  check_outputs({{"--out", request.out, Content::other}}, inputs);
}

}  // namespace brenier::cli
