#pragma once

#include "brenier/discrete_measure.hpp"

namespace brenier {

/// The weights of two clouds with one total mass.
struct BalancedWeights {
  Vector source;
  Vector target;
  double mass = 0.0;  ///< Σ of the source's weights, and of the target's up to rounding.
};

/// Checks that two clouds can be transported onto each other, and gives their weights.
///
/// With `normalize` both are divided by their mass. Otherwise the masses have to agree within `mass_tolerance`, and the
/// target's weights are scaled to take up the difference that is left, the trace of rounding in the input.
/// @throws std::invalid_argument for different dimensions, or masses that differ.
BalancedWeights balance(const DiscreteMeasure& source, const DiscreteMeasure& target, bool normalize);

/// The same for weights alone, with the sum of each.
BalancedWeights balance(const Vector& source, double supplied, const Vector& target, double demanded, bool normalize);

}  // namespace brenier
