#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "brenier/types.hpp"
#include "engines/multiscale/nested_pricing.hpp"

namespace brenier::engines::multiscale {

/// One unit of what counts as zero among reduced costs: small against the mean cost of the plan, but not below the
/// rounding of the potentials. `cost(source, target)` gives the cost of an arc.
template <class Cost>
double rounding_unit(const std::vector<Flow>& plan, const Cost& cost, const Vector& phi, const Vector& psi) {
  double total = 0.0, mass = 0.0;
  for (const Flow& flow : plan) {
    total += static_cast<double>(flow.units) * std::abs(cost(flow.source, flow.target));
    mass += static_cast<double>(flow.units);
  }
  const double greatest = std::max(phi.cwiseAbs().maxCoeff(), psi.cwiseAbs().maxCoeff());
  return std::max(1e-15 * total / mass, std::numeric_limits<double>::epsilon() * greatest);
}

}  // namespace brenier::engines::multiscale
