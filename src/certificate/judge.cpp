#include "certificate/judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "certificate/figures.hpp"
#include "certificate/plan_flows.hpp"
#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "numeric/compensated_sum.hpp"
#include "problem/cost_scale.hpp"

namespace brenier {
namespace {

constexpr double nobody = -std::numeric_limits<double>::infinity();

/// Sources whose shortlists are in memory at a time.
constexpr Index search_chunk = 32768;

/// Σ πᵢⱼ c(xᵢ, yⱼ).
double plan_cost(const GroundCost& cost, const Frame& frame, const TransportPlan& plan) {
  CompensatedSum sum;
  for (const PlanEntry& entry : plan.entries) {
    const double* x = frame.sources().row(entry.source).data();
    const double* y = frame.targets().row(entry.target).data();
    sum.add(entry.mass * cost(x, y, frame.dimension()));
  }
  return sum.value();
}

/// What a cost counts for in a plan that every plan's cost comes on top of, in the input's units.
double in_input(const Frame& frame, double cost, DoubleDouble fixed) { return frame.to_input((fixed + cost).value()); }

/// W_p = (p·T_p)^(1/p) of a cost in the frame, in the input's units; the root is taken before the scale, where squares
/// are in range. `share` is the part of it that is added, to be above or below all rounding.
double distance(const GroundCost& cost, const Frame& frame, double framed_cost, DoubleDouble fixed, double share) {
  const double whole = (fixed + framed_cost).value() * (1.0 + share);
  return std::ldexp(cost.distance(std::max(0.0, whole)) * (1.0 + share), frame.exponent());
}

}  // namespace

JudgedProblem::JudgedProblem(int p, const DiscreteMeasure& given_source, const DiscreteMeasure& given_target,
                             bool normalize)
    : order(p),
      source(given_source),
      target(given_target),
      weights(balance(source, target, normalize)),
      exact_weights(source.weights(), target.weights(), normalize),
      frame(order, source, target) {}

bool Judge::searches_plainly(const JudgedProblem& problem) const {
  return plain_ || problem.source.size() <= most_plain_pairs / problem.target.size();
}

void Judge::search(const Frame& frame, const Points& targets, const Vector& psi, int wanted, bool plain,
                   const ShortlistVisit& visit) const {
  const Points& sources = frame.sources();
  if (plain) return search_plainly(order_, sources, targets, psi, wanted, threads_, visit);
  const auto search = search::make_search(order_, targets, threads_);
  search->set_potential(psi);
  const Vector no_bound = Vector::Constant(sources.rows(), std::numeric_limits<double>::infinity());
  search::BestTargets best;
  for (Index first = 0; first < sources.rows(); first += search_chunk) {
    const Index count = std::min(search_chunk, sources.rows() - first);
    search->best_targets(sources, first, count, no_bound, wanted, best);
    ParallelErrors errors;
#pragma omp parallel for num_threads(worthwhile_threads(threads_, 1e3 * static_cast <double>(count))) schedule(static)
    for (Index r = 0; r < count; ++r) {
      errors.run([&] { visit(first + r, best.found.data() + r * wanted, best.count[static_cast<std::size_t>(r)]); });
    }
    errors.rethrow();
  }
}

/// ψᶜ of a potential in the frame, and where it is attained.
CTransform Judge::transform(const Frame& frame, const Vector& psi, bool plain) {
  if (!plain) return transforms_.to_sources(frame, psi);
  CTransform found{Vector(frame.sources().rows()),
                   std::vector<Index>(static_cast<std::size_t>(frame.sources().rows()))};
  search_plainly(order_, frame.sources(), frame.targets(), psi, 1, threads_,
                 [&found](Index i, const search::PricedTarget* cheapest, int) {
                   found.value[i] = cheapest->value;
                   found.minimizer[static_cast<std::size_t>(i)] = cheapest->target;
                 });
  return found;
}

/// Coarse bounds from the rounded costs of the frame; where rounding alone may keep these from a proof, fine ones.
TransportBounds Judge::bounds(const JudgedProblem& problem, const ExactProblem& exact, const TransportPlan& plan,
                              const Potentials& framed, const CTransform& feasible, bool plain) const {
  const Frame& frame = problem.frame;
  const ExactWeights& weights = problem.exact_weights;
  if (frame.is_exact()) {
    const double rounding = cost_rounding(frame.dimension());
    const TransportBounds coarse = coarse_bounds(exact, weights, frame, order_, plan, framed.psi, feasible);
    // Potentials are rounded where they are, and where they come from: in the input.
    const Potentials given = frame.scaled(frame.to_input(framed));
    const auto size_of = [&problem](const Vector& phi, const Vector& psi) {
      const Vector& b = problem.weights.target;
      return problem.weights.source.dot(phi.cwiseAbs()) + b.dot((b.array() > 0.0).select(psi, 0.0).cwiseAbs());
    };
    const double potentials = size_of(feasible.value, framed.psi) + size_of(given.phi, given.psi);
    const double explained = 64.0 * rounding * (potentials + coarse.upper);
    if (coarse.relative_gap() <= 1e-12 + rounding || coarse.upper - coarse.lower > explained) return coarse;
  }
  const ExactProblem together(order_, frame, problem.source, problem.target, weights, true);
  if (const auto alone = bounds_of_one_place(together, weights, problem.source, problem.target)) return *alone;
  // Both clouds have one mean, up to the rounding of the displacement, which only adds to P⁺, and to D⁻.
  TransportBounds fine =
      fine_bounds(together, weights, plan, framed.psi, cost_rounding(frame.dimension()),
                  [&](const Points& targets, const Vector& psi, int wanted, const ShortlistVisit& visit) {
                    search(frame, targets, psi, wanted, plain, visit);
                  });
  fine.fixed = together.fixed_cost();
  return fine;
}

Certificate Judge::operator()(const JudgedProblem& problem, const TransportPlan& plan, const Potentials& framed) {
  const GroundCost cost(order_);
  const Frame& frame = problem.frame;
  const BalancedWeights& weights = problem.weights;
  const bool plain = searches_plainly(problem);

  // φ ≤ ψᶜ everywhere is the same as φ + ψ ≤ c on all pairs, and (ψᶜ, ψ) is a feasible pair whatever ψ is.
  CTransform feasible = transform(frame, framed.psi, plain);
  Certificate certificate;
  certificate.max_violation = figures::max_violation(framed, frame.scaled(frame.to_input(framed)), feasible);
  // Targets without mass bind no plan: a wild ψ there must not spoil the bound.
  if (certificate.max_violation > 0.0 && (weights.target.array() == 0.0).any()) {
    feasible = transform(frame, (weights.target.array() > 0.0).select(framed.psi, nobody), plain);
  }
  const ExactProblem exact(order_, frame, problem.source, problem.target, problem.exact_weights, false);
  const TransportBounds found = bounds(problem, exact, plan, framed, feasible, plain);

  const double primal = plan_cost(cost, frame, plan), dual = figures::dual_value(weights, framed.phi, framed.psi);
  const double margin = 8.0 * unit_roundoff;  // The rounding of what follows.
  certificate.primal = in_input(frame, primal, exact.fixed_cost().value);
  certificate.dual = in_input(frame, dual, exact.fixed_cost().value);
  certificate.relative_gap = found.relative_gap();
  certificate.cost_rounding = cost_rounding(frame.dimension());
  certificate.marginal_residual = figures::marginal_residual(weights, plan);
  const DoubleDouble fixed_lower = found.fixed.value - found.fixed.error,
                     fixed_upper = found.fixed.value + found.fixed.error;
  certificate.lower_bound = std::max(0.0, in_input(frame, found.lower, fixed_lower)) * (1.0 - margin);
  certificate.upper_bound = in_input(frame, found.upper, fixed_upper) * (1.0 + margin);
  certificate.distance_lower = distance(cost, frame, found.lower, fixed_lower, -margin);
  certificate.distance_upper = distance(cost, frame, found.upper, fixed_upper, margin);
  certificate.distance =
      std::min(distance(cost, frame, primal, exact.fixed_cost().value, 0.0), certificate.distance_upper);
  certificate.cost_scale = frame.to_input(cost_scale(cost, frame, weights));
  return certificate;
}

}  // namespace brenier
