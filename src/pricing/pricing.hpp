#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier::pricing {

/// Answers "who violates φ + ψ ≤ c the most?" for one side of a problem.
///
/// Holds the targets y and their potential ψ; for a point x it finds the targets with the smallest c(x, yⱼ) − ψⱼ. The
/// values are exactly those of `priced_cost` for the pair, whatever the implementation; ties go to the smaller j.
class Pricing {
 public:
  virtual ~Pricing() = default;

  /// Replaces ψ (one entry a target).
  virtual void set_potential(const Vector& psi) = 0;

  /// value[i] = minⱼ c(xᵢ, yⱼ) − ψⱼ and the j that attains it, for each row of `queries`. Threaded.
  virtual void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const = 0;
};

}  // namespace brenier::pricing
