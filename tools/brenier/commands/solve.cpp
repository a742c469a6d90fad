#include "brenier/solve.hpp"

#include <iostream>
#include <optional>

#include "brenier/ground_cost.hpp"
#include "brenier/io.hpp"
#include "brenier/version.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

struct SolveRequest {
  std::string source;
  std::string target;
  SolveOptions options;
  std::string start_plan;
  std::string start_potentials;
  std::string plan;
  std::string potentials;
  std::string json;
  bool quiet = false;
};

/// True when standard output belongs to a result, for another program to read; then it gets no summary.
bool prints_a_result(const SolveRequest& request) {
  return request.plan == "-" || request.potentials == "-" || request.json == "-";
}

void declare(Arguments& arguments, SolveRequest& request) {
  arguments.positional("SOURCE", request.source, "cloud that the mass leaves");
  arguments.positional("TARGET", request.target, "cloud that the mass reaches");
  add_order(arguments, request.options.order);
  arguments.option(
      "engine", "NAME",
      one_of<EngineKind>(request.options.engine, {{"auto", EngineKind::automatic},
                                                  {"multiscale", EngineKind::multiscale},
                                                  {"lemon", EngineKind::lemon},
                                                  {"assignment", EngineKind::assignment},
                                                  {"line", EngineKind::line}}),
      "auto (default), multiscale (memory linear in the points), lemon (network simplex on all pairs), assignment "
      "(shortest paths on all pairs, for equal masses in equal numbers) or line (1 dimension)");
  arguments.option("plan", "FILE", text(request.plan), "write the plan as source,target,mass (.csv or .npz)");
  arguments.option("potentials", "FILE", text(request.potentials), "write the Kantorovich potentials (.csv or .npz)");
  add_json(arguments, request.json);
  arguments.option("start-plan", "FILE", text(request.start_plan),
                   "start from this plan, in the format that --plan writes; a poor start costs time, not the answer");
  arguments.option("start-potentials", "FILE", text(request.start_potentials),
                   "start from these potentials, in the format that --potentials writes");
  add_threads(arguments, request.options.threads);
  add_verify(arguments, request.options.verify);
  arguments.option("memory", "SIZE", byte_size(request.options.memory),
                   "what the solve may take, e.g. 8G or 500M (default: half of what is free); more makes high "
                   "dimensions faster");
  arguments.option("time-limit", "SECONDS", real_number(request.options.time_limit, Range::positive),
                   "stop then, with the best plan so far and a proven lower bound");
  add_normalize(arguments, request.options.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(cloud_formats_help());
  arguments.note(
      "Ctrl-C stops as --time-limit does: what was asked for is still written, the exit code is 1.\n"
      "A second Ctrl-C ends at once.\n");
}

Instance instance_of(const Solution& solution, const DiscreteMeasure& source) {
  return {solution.order, solution.plan.sources, solution.plan.targets, source.dimension()};
}

/// One line that says what the answer is worth.
std::string status(const Solution& solution, const Instance& instance) {
  switch (solution.termination.reason) {
    case Termination::Reason::optimal:
      return "optimal (certified over " + pairs(instance) + ")";
    case Termination::Reason::time_limit:
      return "NOT OPTIMAL: stopped by the time limit";
    case Termination::Reason::interrupted:
      return "NOT OPTIMAL: interrupted";
    case Termination::Reason::unproven:
      return "NOT PROVEN optimal: the certificate leaves more than rounding";
    case Termination::Reason::not_run:
      break;
  }
  throw std::logic_error("the solve has not run");
}

Summary summarise(const Solution& solution, const Instance& instance) {
  const bool optimal = solution.termination.reason == Termination::Reason::optimal;
  const std::string distance = "W" + std::to_string(solution.order);
  Summary summary;
  summary.add(distance + " distance", (optimal ? "" : "at most ") + digits(solution.distance));
  if (!optimal) summary.add("", "at least " + digits(solution.certificate.distance_lower));
  summary.add("status", status(solution, instance));
  if (!solution.termination.detail.empty()) summary.add("", solution.termination.detail);
  add_certificate(summary, solution.certificate);
  const double rounding = solution.certificate.mass_rounding.value_or(0.0);
  summary.add("mass rounding", rounding == 0.0 ? "none" : "at most " + digits(rounding, 3) + " of the mass");
  if (!optimal) summary.add("proven lower bound", digits(solution.certificate.lower_bound) + " (of the cost)");
  summary.add("size", describe(instance));
  const auto pairs_used = static_cast<Index>(solution.plan.entries.size());
  summary.add("plan", count(pairs_used, "pair") + " with mass" + (solution.plan.is_matching() ? " (a matching)" : ""));
  summary.add("engine", solution.stats.engine + ", " + count(solution.stats.threads, "thread"));
  summary.add("time", digits(solution.stats.seconds, 3) + " s");
  return summary;
}

JsonObject as_json(const Solution& solution, const Instance& instance) {
  JsonObject json;
  add_certificate(json, instance, solution.certificate);
  json.add("termination", to_string(solution.termination.reason));
  json.add("engine", solution.stats.engine);
  if (!solution.stats.search.empty()) {
    json.add("search", solution.stats.search);
    json.add("levels", solution.stats.levels);
    json.add("rounds", solution.stats.rounds);
    json.add("pivots", solution.stats.pivots);
  }
  json.add("seconds", solution.stats.seconds);
  json.add("threads", solution.stats.threads);
  json.add("version", std::string(version()));
  return json;
}

Start read_start(const SolveRequest& request, Index sources, Index targets) {
  Start start;
  if (!request.start_plan.empty()) start.plan = read_plan(request.start_plan, sources, targets);
  if (!request.start_potentials.empty()) {
    start.potentials = read_potentials(request.start_potentials, sources, targets);
  }
  return start;
}

/// Solves; Ctrl-C and SIGTERM end the search, not the process.
Solution solve_interruptibly(const DiscreteMeasure& source, const DiscreteMeasure& target, SolveRequest& request) {
  request.options.start = read_start(request, source.size(), target.size());
  InterruptGuard guard(!request.quiet);
  ProgressLine progress(request.quiet);
  request.options.monitor = &progress;
  return naming({request.source, request.target}, [&] { return solve(source, target, request.options); });
}

}  // namespace

int run_solve(const std::vector<std::string>& words) {
  SolveRequest request;
  Arguments arguments("solve",
                      "Wasserstein distance W1 or W2 between two clouds of points, with the optimal plan, Kantorovich\n"
                      "potentials and a certificate over all pairs that proves the answer.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  check_outputs({{"--plan", request.plan, Content::plan},
                 {"--potentials", request.potentials, Content::potentials},
                 {"--json", request.json, Content::other}},
                {request.source, request.target, request.start_plan, request.start_potentials});

  const auto [source, target] = read_clouds(request.source, request.target, request.options.normalize);
  const Solution solution = solve_interruptibly(source, target, request);
  const Instance instance = instance_of(solution, source);

  if (!request.plan.empty()) write_plan(request.plan, solution.plan);
  if (!request.potentials.empty()) write_potentials(request.potentials, solution.potentials);
  if (!request.json.empty()) write_json(request.json, as_json(solution, instance));
  if (!prints_a_result(request)) std::cout << summarise(solution, instance);
  return solution.termination.reason == Termination::Reason::optimal ? exit_done : exit_failed;
}

}  // namespace brenier::cli
