#pragma once

#include <functional>
#include <vector>

#include "certificate/exact_weights.hpp"
#include "certificate/judged_costs.hpp"
#include "problem/frame.hpp"

namespace brenier {

/// The costs of the given points, to twice the digits of a double, for p = 2 after the clouds have been brought
/// together.
///
/// In the units of the frame, with x and y moved as the frame moves them (without its rounding, if it has any),
///     p = 1: c(x, y) = |x − y|;   p = 2: c(x, y) = ½|x − y − z|²,
/// where z is x̄ − ȳ, rounded to doubles, or zero. Then for p = 2, with δ the frame's offset,
///     Σ πᵢⱼ ½|xᵢ − yⱼ + δ|² = Σ πᵢⱼ c(xᵢ, yⱼ) + M (⟨x̄ − ȳ − z, δ + z⟩ + ½|δ + z|²)
/// for every plan π with the given marginals: `fixed_cost` is the last term.
class ExactProblem final : public JudgedCosts {
 public:
  /// @param bring_together whether z is x̄ − ȳ. O((n + m)·d).
  ExactProblem(int order, const Frame& frame, const DiscreteMeasure& source, const DiscreteMeasure& target,
               const ExactWeights& weights, bool bring_together);

  /// z, one entry a coordinate of the frame.
  const Vector& displacement() const { return z_; }

  BoundedCost cost(Index i, Index j) const override;

  /// The square, or for p = 1 the length, of the way from a source or a target (moved by z) to one fixed place, rounded
  /// up.
  double reach_of_source(Index i) const override;
  double reach_of_target(Index j) const override;

  /// What every plan costs on top of Σ π c, zero for p = 1.
  BoundedCost fixed_cost() const { return fixed_cost_; }

  /// ½M|x̄ − ȳ − z|², less its own rounding: what Σ π c is more than the cost of the plan between clouds that have one
  /// mean. Zero for p = 1.
  double decentring() const { return decentring_; }

  /// The ψ of the frame's problem as one of this problem: ψ + ⟨y, z⟩.
  DoubleDouble moved_psi(Index j, double psi) const override;

  /// The targets moved by z, in the coordinates of the frame.
  Points search_targets(Vector& rounding) const override;

  double rounding_of_source(Index i) const override;

  /// ½M|x̄ − ȳ − z|², rounded down.
  double least_cost() const override;

 private:
  DoubleDouble source(Index i, Index k) const;
  DoubleDouble target(Index j, Index k) const;
  double reach(const std::function<DoubleDouble(Index)>& coordinate) const;

  int order_;
  const Frame& frame_;
  const Points& sources_;
  const Points& targets_;
  double unit_;  ///< 2⁻ᵉ.
  Vector z_;
  Vector place_;
  BoundedCost fixed_cost_;
  double decentring_ = 0.0;
};

}  // namespace brenier
