#include "brenier/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <utility>
#include <vector>

#include "brenier/io.hpp"
#include "brenier/solve.hpp"
#include "brenier/version.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"
#include "runs/flow_folder.hpp"

namespace brenier::cli {
namespace {

struct GeodesicRequest {
  std::string source;
  std::string target;
  std::string out;
  std::vector<double> s;
  std::vector<double> t;
  Displacement displacement = Displacement::barycentric;
  SolveOptions options;
  bool quiet = false;
};

/// Stores numbers that stand between commas.
Setter real_numbers(std::vector<double>& values) {
  return [&values](const std::string& typed) {
    for (std::size_t begin = 0; begin <= typed.size();) {
      const std::size_t end = std::min(typed.find(',', begin), typed.size());
      values.push_back(parse_real_number(typed.substr(begin, end - begin), Range::not_negative));
      begin = end + 1;
    }
  };
}

void declare(Arguments& arguments, GeodesicRequest& request) {
  arguments.positional("SOURCE", request.source, "cloud at s = 0");
  arguments.positional("TARGET", request.target, "cloud at s = 1");
  arguments.option("s", "S,...", real_numbers(request.s), "points of the geodesic, each from 0 to 1");
  arguments.option("t", "T,...", real_numbers(request.t), "times of the gradient flow: s = 1 - exp(-t)");
  arguments.option("out", "DIR", text(request.out), "folder for the results, made when it is not there; required");
  add_displacement(arguments, request.displacement);
  add_threads(arguments, request.options.threads);
  add_normalize(arguments, request.options.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(
      "DIR/geodesic.csv has a row a cloud: index,s,t,w2_from_source,w2_to_target, as the theory predicts them from "
      "the\n"
      "solve (empty where the plan splits and --displacement is barycentric); DIR/particles_000000.npz, ... hold "
      "points,\n"
      "weights and identity; DIR/target.npz the target; DIR/run.json every option.\n");
  arguments.note(cloud_formats_help());
}

void check(const GeodesicRequest& request) {
  if (request.out.empty()) throw UsageError("--out DIR is missing");
  if (request.s.empty() && request.t.empty()) throw UsageError("--s S,... or --t T,... is missing");
  for (const double s : request.s) {
    if (s > 1.0) throw UsageError("--s " + digits(s) + ": expected a number from 0 to 1");
  }
}

/// s and t of each cloud, in the order of the options.
std::vector<std::pair<double, double>> places(const GeodesicRequest& request) {
  std::vector<std::pair<double, double>> result;
  for (const double s : request.s) result.emplace_back(s, -std::log1p(-s));
  for (const double t : request.t) result.emplace_back(Geodesic::parameter_at_time(t), t);
  return result;
}

JsonObject describe_run(const GeodesicRequest& request, const Solution& solution, Index dimension) {
  JsonObject json;
  json.add("command", "geodesic");
  json.add("version", std::string(version()));
  json.add("source", request.source);
  json.add("target", request.target);
  json.add("displacement", to_string(request.displacement));
  json.add("normalize", request.options.normalize);
  json.add("threads", request.options.threads);
  add_certificate(json, {2, solution.plan.sources, solution.plan.targets, dimension}, solution.certificate);
  return json;
}

Solution solve_or_fail(const DiscreteMeasure& source, const DiscreteMeasure& target, GeodesicRequest& request) {
  InterruptGuard guard(!request.quiet, "stopping");
  ProgressLine progress(request.quiet);
  request.options.monitor = &progress;
  Solution solution = naming({request.source, request.target}, [&] { return solve(source, target, request.options); });
  if (solution.termination.reason != Termination::Reason::optimal) {
    throw Failure("no geodesic without the optimal plan: the solve ended as " + to_string(solution.termination.reason));
  }
  return solution;
}

}  // namespace

int run_geodesic(const std::vector<std::string>& words) {
  GeodesicRequest request;
  Arguments arguments("geodesic",
                      "Writes clouds on the W2 geodesic between two clouds, ((1-s) id + s T)#SOURCE with the optimal "
                      "plan,\nor of the gradient flow of W2 at the times t.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  check(request);
  auto [source, target] = read_clouds(request.source, request.target, request.options.normalize);
  if (request.options.normalize) {
    source = source.normalized();
    target = target.normalized();
  }
  const FlowFolder folder(request.out);
  const NewFolder gone_if_left_empty = folder.make();
  const Solution solution = solve_or_fail(source, target, request);
  const Geodesic geodesic(source, target, solution.plan, request.displacement);

  folder.begin(describe_run(request, solution, source.dimension()).text(), target);
  const bool exact = request.displacement == Displacement::split || solution.plan.is_map();
  std::string table = "index,s,t,w2_from_source,w2_to_target\n";
  Index index = 0;
  for (const auto& [s, t] : places(request)) {
    const DiscreteMeasure cloud = geodesic.at(s);
    FlowState state;
    state.record.step = index;
    state.particles = cloud.points();
    state.weights = cloud.weights();
    state.identity = geodesic.identity();
    folder.write_snapshot(state);
    table += std::to_string(index++) + "," + digits(s) + "," + digits(t) + "," +
             (exact ? digits(s * solution.distance) + "," + digits((1.0 - s) * solution.distance) : ",") + "\n";
  }
  write_file_atomically(folder.path("geodesic.csv"), table);
  std::cout << request.out << ": " << count(index, "cloud") << " of " << count(geodesic.at(0.0).size(), "particle")
            << ", W2 " << digits(solution.distance) << '\n';
  return exit_done;
}

}  // namespace brenier::cli
