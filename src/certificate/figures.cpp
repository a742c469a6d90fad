#include "certificate/figures.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/compensated_sum.hpp"

namespace brenier::figures {

double dual_value(const BalancedWeights& weights, const Vector& phi, const Vector& psi) {
  return weighted_sum(weights.source, phi) + weighted_sum(weights.target, psi);
}

double marginal_residual(const BalancedWeights& weights, const TransportPlan& plan) {
  const double error = (plan.source_marginal() - weights.source).cwiseAbs().sum() +
                       (plan.target_marginal() - weights.target).cwiseAbs().sum();
  return error / weights.mass;
}

double max_violation(const Potentials& framed, const Potentials& given, const CTransform& feasible) {
  double violation = 0.0;
  for (Index i = 0; i < framed.phi.size(); ++i) {
    const double excess = framed.phi[i] - feasible.value[i];
    if (!(excess > 0.0)) continue;
    const Index j = feasible.minimizer[static_cast<std::size_t>(i)];
    const double size =
        std::max({excess, std::abs(given.phi[i]) + std::abs(given.psi[j]), std::abs(feasible.value[i])});
    violation = std::max(violation, excess / size);
  }
  return violation;
}

}  // namespace brenier::figures
