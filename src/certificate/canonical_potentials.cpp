#include "certificate/canonical_potentials.hpp"

#include <cmath>
#include <limits>

#include "numeric/compensated_sum.hpp"

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

Potentials canonical_potentials(const Frame& frame, const Vector& psi, const BalancedWeights& weights,
                                CloudTransforms& transforms) {
  return canonical_potentials(
      psi, weights, [&](const Vector& values) { return transforms.to_sources(frame, values).value; },
      [&](const Vector& values) { return transforms.to_targets(frame, values); });
}

}  // namespace brenier
