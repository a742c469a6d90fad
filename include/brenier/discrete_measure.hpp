#pragma once

#include "brenier/types.hpp"

namespace brenier {

/// Total masses of two clouds agree when they differ by at most this much of the larger one: far above the rounding of
/// a sum of weights in a file, far below a difference that anyone means.
inline constexpr double mass_tolerance = 1e-9;

/// A discrete measure μ = Σᵢ aᵢ δ(xᵢ) on ℝᵈ.
///
/// Points and weights are checked once, here: every coordinate and weight is finite, no weight is negative, their sum
/// is positive. Points may coincide and may carry no mass. Weights are kept as they are given; whether they are scaled
/// to a probability is said at the place of use (`SolveOptions::normalize`), so that integer masses stay exact.
class DiscreteMeasure {
 public:
  /// n points of mass 1/n each.
  /// @throws std::invalid_argument for no point, no coordinate, or a coordinate that is not finite (row and column
  /// named).
  explicit DiscreteMeasure(Points points);

  /// Weighted points; weights has one entry a row of points.
  /// @throws std::invalid_argument as above, and for a wrong length, a negative or non-finite weight (index and value
  /// named), or weights that sum to zero or to more than a double holds.
  DiscreteMeasure(Points points, Vector weights);

  Index size() const { return points_.rows(); }
  Index dimension() const { return points_.cols(); }
  const Points& points() const { return points_; }
  const Vector& weights() const { return weights_; }

  /// Σ aᵢ, summed with compensation.
  double total_mass() const { return total_mass_; }

  /// Σ aᵢ xᵢ / Σ aᵢ, one entry a dimension.
  Vector mean() const;

  /// The same points with weights aᵢ / Σ a.
  DiscreteMeasure normalized() const;

 private:
  Points points_;
  Vector weights_;
  double total_mass_ = 0.0;
};

}  // namespace brenier
