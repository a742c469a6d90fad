#include "brenier/solve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "certificate/canonical_potentials.hpp"
#include "certificate/judge.hpp"
#include "certificate/plan_flows.hpp"
#include "certificate/progress_bound.hpp"
#include "certificate/termination.hpp"
#include "control/memory.hpp"
#include "engines/assignment/assignment_engine.hpp"
#include "engines/engine.hpp"
#include "engines/lemon/lemon_engine.hpp"
#include "engines/line/line_engine.hpp"
#include "engines/multiscale/multiscale_engine.hpp"
#include "engines/sites.hpp"
#include "numeric/median.hpp"
#include "numeric/message.hpp"
#include "numeric/rows.hpp"
#include "problem/balanced_weights.hpp"
#include "problem/cost_scale.hpp"
#include "problem/frame.hpp"
#include "problem/integer_masses.hpp"
#include "problem/prepared_masses.hpp"
#include "search/matrix/column_search.hpp"
#include "search/target_search.hpp"
#include "simplex/rounding.hpp"
#include "solve/check_start.hpp"

namespace brenier {
namespace {

/// Up to which sizes the engines that look at all pairs are the fastest, measured on Gaussians and rings.
struct Limits {
  Index assignment_pairs;  ///< For equal masses: n·m.
  Index lemon_points;      ///< For other masses: the larger of n and m …
  Index lemon_pairs;       ///< … or n·m.
};

/// Levels pay early where a cell of a kd-tree is a neighbourhood.
Limits limits_of(Index dimension) {
  return dimension <= 3 ? Limits{160'000, 200, 40'000} : Limits{400'000, 1024, 40'000};
}

/// The engine that suits the sizes and masses of rows with mass.
EngineKind fastest_engine(const engines::Problem& problem) {
  if (problem.sources.cols() == 1) return EngineKind::line;
  const Limits limits = limits_of(problem.sources.cols());
  const Index n = problem.sources.rows(), m = problem.targets.rows();
  if (are_equal_masses(problem.supply, problem.demand)) {
    return n <= limits.assignment_pairs / m ? EngineKind::assignment : EngineKind::multiscale;
  }
  const bool is_small = n <= limits.lemon_pairs / m || std::max(n, m) <= limits.lemon_points;
  return is_small ? EngineKind::lemon : EngineKind::multiscale;
}

EngineKind choose_engine(const SolveOptions& options, const engines::Problem& problem) {
  const bool warm = !options.start.is_empty();
  if (options.engine == EngineKind::automatic) return warm ? EngineKind::multiscale : fastest_engine(problem);
  if (options.engine == EngineKind::line && problem.sources.cols() != 1) {
    throw std::invalid_argument(
        message("engine: line solves dimension 1, the clouds have dimension ", problem.sources.cols()));
  }
  if (warm && options.engine != EngineKind::multiscale) {
    throw std::invalid_argument(message("start: the ", to_string(options.engine),
                                        " engine cannot start from a plan or potentials, expected multiscale"));
  }
  if (options.engine == EngineKind::assignment && !are_equal_masses(problem.supply, problem.demand)) {
    throw std::invalid_argument(
        "engine: assignment solves clouds of as many points, all of one mass; auto, multiscale and lemon take any");
  }
  return options.engine;
}

std::unique_ptr<engines::Engine> make_engine(EngineKind kind) {
  if (kind == EngineKind::line) return std::make_unique<engines::LineEngine>();
  if (kind == EngineKind::multiscale) return std::make_unique<engines::multiscale::MultiscaleEngine>();
  auto lemon = std::make_unique<engines::LemonEngine>();
  if (kind == EngineKind::lemon) return lemon;
  return std::make_unique<engines::AssignmentEngine>(std::move(lemon));
}

/// So many bytes are there wherever a program runs. To ask what is free takes as long as to solve a minibatch.
constexpr double trifle = 64.0 * 1024.0 * 1024.0;

/// What a solve that wants so many bytes may take: never more than there is.
double memory_budget(const SolveOptions& options, double wanted) {
  const double allowed = options.memory > 0.0 ? options.memory : trifle;
  if (wanted <= std::min(allowed, trifle)) return allowed;
  return options.memory > 0.0 ? std::min(options.memory, available_memory()) : default_memory();
}

/// What a solve needs at least, before it starts.
double memory_estimate(const engines::Engine& engine, const engines::Problem& problem, const Frame& frame,
                       int threads) {
  const Index n = frame.sources().rows(), m = frame.targets().rows(), d = frame.dimension();
  // The frame's clouds, the engine's share of them, and what the certificate searches in.
  const double clouds = 3.0 * static_cast<double>(n + m) * static_cast<double>(d) * sizeof(double);
  const double table = search::wants_matrix(d)
                           ? search::RoundedCosts::least_bytes(n, m, d) + search::column_search_bytes(n, m, d, threads)
                           : 0.0;
  return clouds + table + engine.memory_estimate(problem.sources.rows(), problem.targets.rows(), d);
}

std::string mebibytes(double bytes) { return message(std::ceil(bytes / (1024.0 * 1024.0)), " MiB"); }

void refuse_what_does_not_fit(double needed, double budget, const SolveOptions& options, const std::string& engine,
                              const engines::Problem& problem) {
  if (needed <= budget) return;
  const std::string rule = options.memory > budget ? "all that is free" : "half of what is free";
  const std::string allowed = options.memory == budget ? "" : ", " + rule + ",";
  const std::string advice = engine == "lemon" ? " or choose the multiscale engine" : "";
  throw std::length_error(message("memory: the ", engine, " engine needs about ", mebibytes(needed), " for ",
                                  problem.sources.rows(), " sources and ", problem.targets.rows(), " targets in ",
                                  problem.sources.cols(), " dimensions, but ", mebibytes(budget), allowed,
                                  " are allowed; allow more memory", advice));
}

/// The rounded costs that engine and canonical potentials share, or none where trees look at few pairs only.
/// @param bytes for costs that are kept.
std::shared_ptr<const search::RoundedCosts> rounded_costs(const Frame& frame, double bytes, RunControl& control) {
  if (!search::wants_matrix(frame.dimension())) return nullptr;
  auto costs = std::make_shared<search::RoundedCosts>(frame.sources(), frame.targets(), control.threads());
  costs->keep(bytes, control.threads(), [&control] { return control.stop(); });
  return costs;
}

/// A start may stand on any level. One far above the differences that count is taken off.
Vector from_own_level(Vector psi) {
  if (simplex::is_far_off(psi)) psi.array() -= quartiles(Points(psi)).front().median;
  return psi;
}

}  // namespace

double default_memory() { return 0.5 * available_memory(); }

void validate(const SolveOptions& options) {
  static_cast<void>(GroundCost(options.order));
  check_time_and_threads(options.time_limit, options.threads);
  if (!(options.memory >= 0.0)) {
    throw std::invalid_argument(
        message("memory: is ", options.memory, " bytes, expected 0 (half of what is free) or more"));
  }
}

Solution solve(const DiscreteMeasure& source, const DiscreteMeasure& target, const SolveOptions& options) {
  validate(options);
  check_start(options.start, source.size(), target.size());
  const GroundCost cost(options.order);
  RunControl control(options.monitor, options.time_limit, options.threads);

  JudgedProblem judged(cost.order(), source, target, options.normalize);
  const BalancedWeights& weights = judged.weights;
  const Frame& frame = judged.frame;
  PreparedMasses masses(source.weights(), target.weights(), weights.mass);
  engines::Problem problem{cost.order(),
                           cost_scale(cost, frame, weights) / weights.mass,
                           select_rows(frame.sources(), masses.sources()),
                           select_rows(frame.targets(), masses.targets()),
                           masses.take_supply(),
                           masses.take_demand(),
                           {},
                           {},
                           {},
                           {}};
  const EngineKind kind = choose_engine(options, problem);
  if (options.monitor != nullptr && kind == EngineKind::multiscale) {  // Others hold no potentials on the way.
    problem.prove = [bound = ProgressBound(judged, masses.sources().listed(), masses.targets().listed())](
                        const Vector& phi, const Vector& psi) { return bound(phi, psi); };
  }
  if (options.start.plan) {
    problem.start_plan = masses.to_shipments(*options.start.plan);
  }
  if (options.start.potentials) {
    problem.start_psi =
        from_own_level(select_entries(frame.psi_to_frame(options.start.potentials->psi), masses.targets()));
  }

  Solution solution;
  solution.order = cost.order();
  solution.stats.engine = to_string(kind);
  solution.stats.threads = control.threads();
  const auto engine = make_engine(kind);
  const double needed = memory_estimate(*engine, problem, frame, control.threads());
  const double budget = memory_budget(options, needed + search::RoundedCosts::bytes(source.size(), target.size()));
  refuse_what_does_not_fit(needed, budget, options, solution.stats.engine, problem);
  auto costs = rounded_costs(frame, budget - needed, control);
  if (costs != nullptr) problem.table = {costs, false, masses.sources().listed(), masses.targets().listed()};
  judged.frame.release_points();  // Room for the engine.
  const engines::EngineResult result = engines::solve_by_sites(*engine, std::move(problem), control, solution.stats);

  Progress judging;
  judging.phase = "certificate";
  control.report(judging);
  judged.frame.make_points(source.points(), target.points());
  solution.plan = masses.to_plan(result.shipments);
  set_exact_masses(solution.plan, judged.exact_weights);
  Judge judge(cost.order(), control.threads(), options.verify);
  std::optional<CloudTransforms> from_costs;
  if (costs != nullptr) from_costs.emplace(cost.order(), control.threads(), std::exchange(costs, nullptr));
  const Potentials framed = canonical_potentials(frame, masses.to_all_targets(result.psi), weights,
                                                 from_costs ? *from_costs : judge.transforms());
  from_costs.reset();  // Room for the judge, who makes costs of its own.
  solution.certificate = judge(judged, solution.plan, framed);
  solution.certificate.mass_rounding = masses.rounding();
  solution.potentials = frame.to_input(framed);
  solution.distance = solution.certificate.distance;
  solution.termination = terminate(solution.certificate, result.finished, control);
  solution.stats.seconds = control.seconds();
  return solution;
}

std::string to_string(EngineKind engine) {
  switch (engine) {
    case EngineKind::automatic:
      return "auto";
    case EngineKind::assignment:
      return "assignment";
    case EngineKind::lemon:
      return "lemon";
    case EngineKind::multiscale:
      return "multiscale";
    case EngineKind::line:
      return "line";
  }
  throw std::logic_error("an unknown engine");
}

}  // namespace brenier
