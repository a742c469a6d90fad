#include "brenier/solve.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>
#include <utility>

#include "balanced_weights.hpp"
#include "brenier/ground_cost.hpp"
#include "canonical_potentials.hpp"
#include "cost_scale.hpp"
#include "engines/engine.hpp"
#include "engines/lemon_engine.hpp"
#include "engines/line_engine.hpp"
#include "engines/multiscale/multiscale_engine.hpp"
#include "frame.hpp"
#include "judge.hpp"
#include "memory.hpp"
#include "message.hpp"
#include "pricing/pricing.hpp"
#include "quantize.hpp"
#include "rows.hpp"
#include "shape_checks.hpp"

namespace brenier {
namespace {

void check(const SolveOptions& options) {
  if (!(options.time_limit > 0.0)) {
    throw std::invalid_argument(message("time_limit: is ", options.time_limit, " s, expected more than zero"));
  }
  if (!(options.memory >= 0.0)) {
    throw std::invalid_argument(
        message("memory: is ", options.memory, " bytes, expected 0 (half of what is free) or more"));
  }
  if (options.threads < 0) {
    throw std::invalid_argument(message("threads: is ", options.threads, ", expected 0 (every core) or more"));
  }
}

void check_start(const SolveOptions& options, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  if (options.start_plan != nullptr) check_plan("start_plan", *options.start_plan, source.size(), target.size());
  if (options.start_potentials != nullptr) {
    check_potential("start_potentials: phi", options.start_potentials->phi, source.size());
    check_potential("start_potentials: psi", options.start_potentials->psi, target.size());
  }
}

/// Up to this many pairs LEMON answers in a moment.
constexpr Index few_pairs = 40000;

EngineKind choose_engine(const SolveOptions& options, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  const bool warm = options.start_plan != nullptr || options.start_potentials != nullptr;
  if (options.engine == EngineKind::line && source.dimension() != 1) {
    throw std::invalid_argument(
        message("engine: line solves dimension 1, the clouds have dimension ", source.dimension()));
  }
  if (options.engine != EngineKind::automatic) {
    if (warm && options.engine != EngineKind::multiscale) {
      throw std::invalid_argument(message("start: the ", to_string(options.engine),
                                          " engine cannot start from a plan or potentials, expected multiscale"));
    }
    return options.engine;
  }
  if (warm) return EngineKind::multiscale;
  if (source.dimension() == 1) return EngineKind::line;
  return source.size() <= few_pairs / target.size() ? EngineKind::lemon : EngineKind::multiscale;
}

std::unique_ptr<engines::Engine> make_engine(EngineKind kind) {
  if (kind == EngineKind::line) return std::make_unique<engines::LineEngine>();
  if (kind == EngineKind::lemon) return std::make_unique<engines::LemonEngine>();
  return std::make_unique<engines::multiscale::MultiscaleEngine>();
}

/// Rows of the points that carry units: what an engine gets to see.
std::vector<Index> massive_rows(const std::vector<std::int64_t>& units) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i] > 0) rows.push_back(static_cast<Index>(i));
  }
  return rows;
}

/// Where each of `count` rows stands among `rows`; −1 where it does not.
std::vector<Index> places(const std::vector<Index>& rows, Index count) {
  std::vector<Index> place(static_cast<std::size_t>(count), -1);
  for (std::size_t k = 0; k < rows.size(); ++k) place[static_cast<std::size_t>(rows[k])] = static_cast<Index>(k);
  return place;
}

std::vector<std::int64_t> select(const std::vector<std::int64_t>& units, const std::vector<Index>& rows) {
  std::vector<std::int64_t> selected;
  selected.reserve(rows.size());
  for (const Index i : rows) selected.push_back(units[static_cast<std::size_t>(i)]);
  return selected;
}

/// What a solve may take: never more than there is.
double memory_budget(const SolveOptions& options) {
  return options.memory > 0.0 ? std::min(options.memory, available_memory()) : default_memory();
}

/// What a solve needs at least, before it starts.
double memory_estimate(const engines::Engine& engine, const engines::Problem& problem, const Frame& frame) {
  const Index n = frame.sources().rows(), m = frame.targets().rows(), d = frame.sources().cols();
  // The frame's clouds, the engine's share of them, and what the certificate searches in.
  const double clouds = 3.0 * static_cast<double>(n + m) * static_cast<double>(d) * sizeof(double);
  const double table = pricing::wants_table(d) ? pricing::RoundedCosts::least_bytes(n, m, d) : 0.0;
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

/// The rounded costs that engine and certificate share, or none where trees look at few pairs only.
/// @param bytes for costs that are kept.
std::shared_ptr<const pricing::RoundedCosts> rounded_costs(const Frame& frame, double bytes, RunControl& control) {
  if (!pricing::wants_table(frame.sources().cols())) return nullptr;
  auto costs = std::make_shared<pricing::RoundedCosts>(frame.sources(), frame.targets());
  costs->keep(bytes, control.threads(), [&control] { return control.stop(); });
  return costs;
}

/// Shipments between massive rows as a sorted plan between all points.
TransportPlan to_plan(const std::vector<engines::Shipment>& shipments, const std::vector<Index>& source_rows,
                      const std::vector<Index>& target_rows, Index sources, Index targets, double unit_mass) {
  TransportPlan plan{sources, targets, {}};
  plan.entries.reserve(shipments.size());
  for (const engines::Shipment& shipment : shipments) {
    plan.entries.push_back({source_rows[static_cast<std::size_t>(shipment.source)],
                            target_rows[static_cast<std::size_t>(shipment.target)],
                            static_cast<double>(shipment.units) * unit_mass});
  }
  std::sort(plan.entries.begin(), plan.entries.end(), [](const PlanEntry& a, const PlanEntry& b) {
    return a.source != b.source ? a.source < b.source : a.target < b.target;
  });
  return plan;
}

/// Entries of a plan between massive rows as shipments.
std::vector<engines::Shipment> to_shipments(const TransportPlan& plan, const std::vector<Index>& source_rows,
                                            const std::vector<Index>& target_rows, double unit_mass) {
  const std::vector<Index> source_place = places(source_rows, plan.sources);
  const std::vector<Index> target_place = places(target_rows, plan.targets);
  std::vector<engines::Shipment> shipments;
  for (const PlanEntry& entry : plan.entries) {
    const Index source = source_place[static_cast<std::size_t>(entry.source)];
    const Index target = target_place[static_cast<std::size_t>(entry.target)];
    const double units = std::round(entry.mass / unit_mass);
    // What is more than 2⁶² units, or without a place, is left to the engine's repair of the plan.
    if (source < 0 || target < 0 || !(units < 0x1p62)) continue;
    shipments.push_back({source, target, static_cast<std::int64_t>(units)});
  }
  return shipments;
}

/// ψ of the massive rows, and −∞, no opinion, at the others.
Vector scatter(const Vector& psi, const std::vector<Index>& rows, Index targets) {
  Vector scattered = Vector::Constant(targets, -std::numeric_limits<double>::infinity());
  for (std::size_t j = 0; j < rows.size(); ++j) scattered[rows[j]] = psi[static_cast<Index>(j)];
  return scattered;
}

Termination terminate(const Certificate& certificate, bool finished, const RunControl& control) {
  using Reason = Termination::Reason;
  // Where the clouds are far apart nearly every plan costs nearly the same: from a plan that was cut short, optimality
  // is then believed only if the gap is small next to the spread of the clouds as well.
  const double gap = certificate.primal - certificate.lower_bound;
  if (certificate.proves_optimality() && (finished || gap <= 1e-12 * certificate.cost_scale)) {
    return {Reason::optimal, ""};
  }
  if (!finished) {
    return {control.reason(), "Stopped before the optimum: the plan is feasible and the lower bound holds."};
  }
  return {Reason::unproven, message("The engine finished, but the certificate leaves a relative gap of ",
                                    certificate.relative_gap, ", a violation of ", certificate.max_violation,
                                    " and a marginal residual of ", certificate.marginal_residual, ".")};
}

}  // namespace

double default_memory() { return 0.5 * available_memory(); }

Solution solve(const DiscreteMeasure& source, const DiscreteMeasure& target, const SolveOptions& options) {
  check(options);
  const GroundCost cost(options.order);
  const BalancedWeights weights = balance(source, target, options.normalize);
  const EngineKind kind = choose_engine(options, source, target);
  check_start(options, source, target);
  RunControl control(options.monitor, options.time_limit, options.threads);

  const Frame frame(cost.order(), source, target);
  const QuantizedMasses masses = quantize(source.weights(), target.weights());
  const std::vector<Index> source_rows = massive_rows(masses.supply);
  const std::vector<Index> target_rows = massive_rows(masses.demand);
  engines::Problem problem{cost.order(),
                           cost_scale(cost, frame, weights) / weights.mass,
                           select_rows(frame.sources(), source_rows),
                           select_rows(frame.targets(), target_rows),
                           select(masses.supply, source_rows),
                           select(masses.demand, target_rows),
                           {},
                           {},
                           {}};
  const double unit_mass = weights.mass / static_cast<double>(masses.total);
  problem.bound_factor = frame.cost_unit() * unit_mass;
  problem.bound_offset = frame.cost_unit() * frame.fixed_cost(weights.source, weights.target);
  if (options.start_plan != nullptr) {
    problem.start_plan = to_shipments(*options.start_plan, source_rows, target_rows, unit_mass);
  }
  if (options.start_potentials != nullptr) {
    problem.start_psi = select_entries(frame.to_frame(*options.start_potentials).psi, target_rows);
  }

  Solution solution;
  solution.order = cost.order();
  solution.stats.engine = to_string(kind);
  solution.stats.threads = control.threads();
  const auto engine = make_engine(kind);
  const double needed = memory_estimate(*engine, problem, frame);
  const double budget = memory_budget(options);
  refuse_what_does_not_fit(needed, budget, options, solution.stats.engine, problem);
  const auto costs = rounded_costs(frame, budget - needed, control);
  if (costs != nullptr) problem.table = {costs, false, source_rows, target_rows};
  const engines::EngineResult result = engine->solve(std::move(problem), control, solution.stats);

  Progress judging;
  judging.phase = "certificate";
  control.report(judging);
  solution.plan = to_plan(result.shipments, source_rows, target_rows, source.size(), target.size(), unit_mass);
  const Potentials framed =
      canonical_potentials(cost.order(), frame.sources(), frame.targets(),
                           scatter(result.psi, target_rows, target.size()), weights, control.threads(), costs);
  solution.certificate = Judge(cost.order(), control.threads(), costs)(frame, weights, solution.plan, framed);
  solution.certificate.mass_rounding = masses.rounding;
  solution.potentials = frame.to_input(framed);
  solution.distance = cost.distance(solution.certificate.primal);
  solution.termination = terminate(solution.certificate, result.finished, control);
  solution.stats.seconds = control.seconds();
  return solution;
}

std::string to_string(Termination::Reason reason) {
  switch (reason) {
    case Termination::Reason::not_run:
      return "not_run";
    case Termination::Reason::optimal:
      return "optimal";
    case Termination::Reason::time_limit:
      return "time_limit";
    case Termination::Reason::interrupted:
      return "interrupted";
    case Termination::Reason::unproven:
      return "unproven";
  }
  throw std::logic_error("an unknown reason of termination");
}

std::string to_string(EngineKind engine) {
  switch (engine) {
    case EngineKind::automatic:
      return "auto";
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
