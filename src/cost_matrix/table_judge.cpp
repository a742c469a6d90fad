#include "cost_matrix/table_judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "canonical_potentials.hpp"
#include "certificate_figures.hpp"
#include "compensated_sum.hpp"
#include "cost_matrix/table_transform.hpp"

namespace brenier::cost_matrix {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The least of `sums` where there is mass.
double least(const Vector& sums, const Vector& weights) {
  return (weights.array() > 0.0).select(sums, infinity).minCoeff();
}

/// max(minⱼ Σᵢ aᵢ|cᵢⱼ|, minᵢ Σⱼ bⱼ|cᵢⱼ|).
double gathering_cost(const CostMatrix& costs, const BalancedWeights& weights) {
  Vector to_row(costs.rows()), to_column = Vector::Zero(costs.cols());
  for (Index i = 0; i < costs.rows(); ++i) {
    to_row[i] = costs.row(i).cwiseAbs().dot(weights.target);
    to_column += weights.source[i] * costs.row(i).cwiseAbs().transpose();
  }
  return std::max(least(to_column, weights.target), least(to_row, weights.source));
}

/// Σ πᵢⱼ cᵢⱼ.
double plan_cost(const CostMatrix& costs, const TransportPlan& plan) {
  CompensatedSum sum;
  for (const PlanEntry& entry : plan.entries) sum.add(entry.mass * costs(entry.source, entry.target));
  return sum.value();
}

}  // namespace

Potentials canonical_potentials(const CostMatrix& costs, const Vector& psi, const BalancedWeights& weights,
                                int threads) {
  return brenier::canonical_potentials(
      psi, weights, [&](const Vector& values) { return transform_rows(costs, values, threads).value; },
      [&](const Vector& values) { return transform_columns(costs, values, threads); });
}

Certificate judge(const CostMatrix& costs, const BalancedWeights& weights, const TransportPlan& plan,
                  const Potentials& potentials, int threads) {
  Certificate certificate;
  certificate.primal = plan_cost(costs, plan);
  certificate.dual = figures::dual_value(weights, potentials.phi, potentials.psi);
  certificate.cost_scale = gathering_cost(costs, weights);
  const double scale = std::max(std::abs(certificate.primal), certificate.cost_scale);
  certificate.relative_gap = std::abs(certificate.primal - certificate.dual) / scale;
  certificate.marginal_residual = figures::marginal_residual(weights, plan);

  CTransform feasible = transform_rows(costs, potentials.psi, threads);
  certificate.max_violation = figures::max_violation(potentials, potentials, feasible);
  // Columns without mass bind no plan: a wild ψ there must not spoil the bound.
  if (certificate.max_violation > 0.0 && (weights.target.array() == 0.0).any()) {
    feasible = transform_rows(costs, (weights.target.array() > 0.0).select(potentials.psi, -infinity), threads);
  }
  certificate.lower_bound = figures::dual_value(weights, feasible.value, potentials.psi);
  return certificate;
}

}  // namespace brenier::cost_matrix
