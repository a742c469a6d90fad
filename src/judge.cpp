#include "judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "certificate_figures.hpp"
#include "compensated_sum.hpp"
#include "cost_scale.hpp"

namespace brenier {
namespace {

/// Σ πᵢⱼ c(xᵢ, yⱼ).
double plan_cost(const GroundCost& cost, const Frame& frame, const TransportPlan& plan) {
  CompensatedSum sum;
  for (const PlanEntry& entry : plan.entries) {
    const double* x = frame.sources().row(entry.source).data();
    const double* y = frame.targets().row(entry.target).data();
    sum.add(entry.mass * cost(x, y, frame.sources().cols()));
  }
  return sum.value();
}

}  // namespace

Certificate Judge::operator()(const Frame& frame, const BalancedWeights& weights, const TransportPlan& plan,
                              const Potentials& framed) {
  const GroundCost cost(order_);
  const double primal = plan_cost(cost, frame, plan);
  const double dual = figures::dual_value(weights, framed.phi, framed.psi);
  const double fixed = frame.fixed_cost(weights.source, weights.target);
  const double own_scale = cost_scale(cost, frame, weights);
  const double scale = std::max(primal + fixed, own_scale);

  // φ ≤ ψᶜ everywhere is the same as φ + ψ ≤ c on all pairs, and (ψᶜ, ψ) is a feasible pair whatever ψ is.
  CTransform feasible = transforms_.to_sources(frame, framed.psi);
  const double violation = figures::max_violation(framed, feasible.value, feasible.minimizer, scale / weights.mass);

  // Targets without mass bind no plan: a wild ψ there must not spoil the bound.
  if (violation > 0.0 && (weights.target.array() == 0.0).any()) {
    const double nobody = -std::numeric_limits<double>::infinity();
    feasible = transforms_.to_sources(frame, (weights.target.array() > 0.0).select(framed.psi, nobody));
  }
  // Costs in the frame are not negative, so zero is a bound as well.
  const double lower_bound = std::max(0.0, figures::dual_value(weights, feasible.value, framed.psi));

  Certificate certificate;
  certificate.primal = frame.cost_unit() * (primal + fixed);
  certificate.dual = frame.cost_unit() * (dual + fixed);
  certificate.relative_gap = figures::relative(primal - dual, scale);
  certificate.max_violation = violation;
  certificate.marginal_residual = figures::marginal_residual(weights, plan);
  certificate.lower_bound = frame.cost_unit() * (lower_bound + fixed);
  certificate.cost_scale = frame.cost_unit() * own_scale;
  return certificate;
}

}  // namespace brenier
