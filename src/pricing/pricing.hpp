#pragma once

#include <memory>
#include <vector>

#include "brenier/ground_cost.hpp"
#include "brenier/types.hpp"

namespace brenier::pricing {

/// c(x, y) − ψ(y): what a target costs a source once ψ is paid. The arithmetic that every implementation repeats bit by
/// bit: squares summed in the order of the dimensions, no fused multiply-add.
inline double priced_cost(const GroundCost& cost, const double* x, const double* y, Index dimension, double psi) {
  return cost(x, y, dimension) - psi;
}

/// Answers "who violates φ + ψ ≤ c the most?" for one side of a problem.
///
/// Holds the targets y and their potential ψ; for a point x it finds the targets with the smallest c(x, yⱼ) − ψⱼ. The
/// values are exactly those of `priced_cost` for the pair, whatever the implementation; ties go to the smaller j.
class Pricing {
 public:
  virtual ~Pricing() = default;

  /// Replaces ψ (one entry a target); −∞ leaves a target out. One entry at least is finite.
  virtual void set_potential(const Vector& psi) = 0;

  /// value[i] = minⱼ c(xᵢ, yⱼ) − ψⱼ and the j that attains it, for each row of `queries`. Threaded.
  virtual void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const = 0;
};

/// The implementation that suits the targets (m×d, copied). ψ is zero until it is set.
std::unique_ptr<Pricing> make_pricing(int order, const Points& targets, int threads);

/// minⱼ c(x, yⱼ) − ψⱼ at each row x of `queries`, by `make_pricing`.
Vector c_transform(int order, const Points& targets, const Vector& psi, const Points& queries, int threads);

}  // namespace brenier::pricing
