#include "canonical_potentials.hpp"

#include <cmath>
#include <limits>

#include "compensated_sum.hpp"
#include "pricing/pricing.hpp"

namespace brenier {
namespace {

/// A number below x by one to two units in its last place: below all that was rounded to x.
double below(double x) { return x - std::abs(x) * std::numeric_limits<double>::epsilon(); }

/// The constant to add to φ and take from ψ such that Σ aᵢφᵢ = Σ bⱼψⱼ.
double equal_shift(const Potentials& potentials, const BalancedWeights& weights) {
  const double difference = weighted_sum(weights.target, potentials.psi) - weighted_sum(weights.source, potentials.phi);
  return 0.5 * difference / weights.mass;
}

}  // namespace

Potentials canonical_potentials(const Vector& psi, const BalancedWeights& weights, const Transform& to_sources,
                                const Transform& to_targets) {
  // What is transformed is rounded down: the potential of a far point with little mass is large and coarse, and the
  // transform would otherwise lose the rounding of that potential at points with much mass.
  Potentials canonical;
  canonical.phi = to_sources(psi.unaryExpr(&below)).unaryExpr(&below);
  canonical.psi = to_targets(canonical.phi).unaryExpr(&below);
  const double shift = equal_shift(canonical, weights);
  canonical.psi = canonical.psi.unaryExpr([shift](double value) { return below(value - shift); });
  canonical.phi = to_sources(canonical.psi);
  return canonical;
}

Potentials canonical_potentials(int order, const Points& sources, const Points& targets, const Vector& psi,
                                const BalancedWeights& weights, int threads,
                                const std::shared_ptr<const pricing::RoundedCosts>& costs) {
  const pricing::TableView towards_targets{costs, false, {}, {}}, towards_sources{costs, true, {}, {}};
  return canonical_potentials(
      psi, weights,
      [&](const Vector& values) {
        return pricing::c_transform(order, targets, values, sources, threads, towards_targets);
      },
      [&](const Vector& values) {
        return pricing::c_transform(order, sources, values, targets, threads, towards_sources);
      });
}

}  // namespace brenier
