#include "canonical_potentials.hpp"

#include <vector>

#include "compensated_sum.hpp"
#include "pricing/pricing.hpp"

namespace brenier {

Potentials canonical_potentials(int order, const Points& sources, const Points& targets, const Vector& psi,
                                int threads) {
  Potentials canonical;
  std::vector<Index> minimizer;
  const auto over_targets = pricing::make_pricing(order, targets, threads);
  over_targets->set_potential(psi);
  over_targets->c_transform(sources, canonical.phi, minimizer);
  const auto over_sources = pricing::make_pricing(order, sources, threads);
  over_sources->set_potential(canonical.phi);
  over_sources->c_transform(targets, canonical.psi, minimizer);
  return canonical;
}

void share_equally(Potentials& potentials, const BalancedWeights& weights) {
  const double difference = weighted_sum(weights.target, potentials.psi) - weighted_sum(weights.source, potentials.phi);
  const double shift = 0.5 * difference / weights.mass;
  potentials.phi.array() += shift;
  potentials.psi.array() -= shift;
}

}  // namespace brenier
