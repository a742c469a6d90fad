#pragma once

#include "brenier/types.hpp"

namespace brenier {

/// The ground cost c_p(x, y) = |x − y|ᵖ / p with the Euclidean norm: |x − y| for p = 1, ½|x − y|² for p = 2.
///
/// The optimal value T_p = min Σ πᵢⱼ c_p(xᵢ, yⱼ) gives the Wasserstein distance W_p = (p · T_p)^(1/p).
class GroundCost {
 public:
  /// @throws std::invalid_argument unless order is 1 or 2.
  explicit GroundCost(int order);

  int order() const { return order_; }

  /// c_p of two points of ℝᵈ. O(d).
  double operator()(const double* x, const double* y, Index dimension) const;

  /// W_p = (p · T_p)^(1/p); T_p below zero by rounding counts as zero.
  double distance(double transport_cost) const;

 private:
  int order_;
};

}  // namespace brenier
