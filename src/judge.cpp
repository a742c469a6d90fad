#include "judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "compensated_sum.hpp"
#include "cost_scale.hpp"
#include "pricing/pricing.hpp"

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

/// Σ aᵢφᵢ + Σ bⱼψⱼ.
double dual_value(const BalancedWeights& weights, const Vector& phi, const Vector& psi) {
  return weighted_sum(weights.source, phi) + weighted_sum(weights.target, psi);
}

double marginal_residual(const BalancedWeights& weights, const TransportPlan& plan) {
  const double error = (plan.source_marginal() - weights.source).cwiseAbs().sum() +
                       (plan.target_marginal() - weights.target).cwiseAbs().sum();
  return error / weights.mass;
}

/// value / scale, where nothing is nothing even of nothing.
double relative(double value, double scale) { return value == 0.0 ? 0.0 : value / scale; }

}  // namespace

Certificate judge(int order, const Frame& frame, const BalancedWeights& weights, const TransportPlan& plan,
                  const Potentials& framed, int threads, const std::shared_ptr<const pricing::RoundedCosts>& costs) {
  const GroundCost cost(order);
  const double primal = plan_cost(cost, frame, plan);
  const double dual = dual_value(weights, framed.phi, framed.psi);
  const double fixed = frame.fixed_cost(weights.source, weights.target);
  const double own_scale = cost_scale(cost, frame, weights);
  const double scale = std::max(primal + fixed, own_scale);

  // φ ≤ ψᶜ everywhere is the same as φ + ψ ≤ c on all pairs, and (ψᶜ, ψ) is a feasible pair whatever ψ is.
  Vector feasible_phi;
  std::vector<Index> minimizer;
  const auto pricing = pricing::make_pricing(order, frame.targets(), threads, {costs, false, {}, {}});
  pricing->set_potential(framed.psi);
  pricing->c_transform(frame.sources(), feasible_phi, minimizer);
  double violation = 0.0;
  for (Index i = 0; i < framed.phi.size(); ++i) {
    const double psi = framed.psi[minimizer[static_cast<std::size_t>(i)]];
    const double size = std::max({scale / weights.mass, std::abs(framed.phi[i]), std::abs(psi)});
    violation = std::max(violation, relative(framed.phi[i] - feasible_phi[i], size));
  }

  // Targets without mass bind no plan: a wild ψ there must not spoil the bound.
  if (violation > 0.0 && (weights.target.array() == 0.0).any()) {
    const double nobody = -std::numeric_limits<double>::infinity();
    pricing->set_potential((weights.target.array() > 0.0).select(framed.psi, nobody));
    pricing->c_transform(frame.sources(), feasible_phi, minimizer);
  }
  // Costs in the frame are not negative, so zero is a bound as well.
  const double lower_bound = std::max(0.0, dual_value(weights, feasible_phi, framed.psi));

  Certificate certificate;
  certificate.primal = frame.cost_unit() * (primal + fixed);
  certificate.dual = frame.cost_unit() * (dual + fixed);
  certificate.relative_gap = relative(primal - dual, scale);
  certificate.max_violation = violation;
  certificate.marginal_residual = marginal_residual(weights, plan);
  certificate.lower_bound = frame.cost_unit() * (lower_bound + fixed);
  certificate.cost_scale = frame.cost_unit() * own_scale;
  return certificate;
}

}  // namespace brenier
