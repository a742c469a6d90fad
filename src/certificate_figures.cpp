#include "certificate_figures.hpp"

#include <algorithm>
#include <cmath>

#include "compensated_sum.hpp"

namespace brenier::figures {

double dual_value(const BalancedWeights& weights, const Vector& phi, const Vector& psi) {
  return weighted_sum(weights.source, phi) + weighted_sum(weights.target, psi);
}

double marginal_residual(const BalancedWeights& weights, const TransportPlan& plan) {
  const double error = (plan.source_marginal() - weights.source).cwiseAbs().sum() +
                       (plan.target_marginal() - weights.target).cwiseAbs().sum();
  return error / weights.mass;
}

double relative(double value, double scale) { return value == 0.0 ? 0.0 : value / scale; }

double max_violation(const Potentials& potentials, const Vector& feasible_phi, const std::vector<Index>& minimizer,
                     double scale) {
  double violation = 0.0;
  for (Index i = 0; i < potentials.phi.size(); ++i) {
    const double psi = potentials.psi[minimizer[static_cast<std::size_t>(i)]];
    const double size = std::max({scale, std::abs(potentials.phi[i]), std::abs(psi)});
    violation = std::max(violation, relative(potentials.phi[i] - feasible_phi[i], size));
  }
  return violation;
}

}  // namespace brenier::figures
