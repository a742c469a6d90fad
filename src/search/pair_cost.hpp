#pragma once

#include <cmath>

#include "brenier/types.hpp"

namespace brenier::search {

/// c_P(x, y) = |x − y|^P / P in D dimensions (Eigen::Dynamic: `dimension` of them), with the order and the dimension
/// known to the compiler. The same arithmetic as GroundCost's, bit by bit.
template <int P, int D>
inline double pair_cost(const double* x, const double* y, Index dimension) {
  const Index d = D == Eigen::Dynamic ? dimension : D;
  double squared = 0.0;
  for (Index k = 0; k < d; ++k) {
    const double difference = x[k] - y[k];
    squared += difference * difference;
  }
  if constexpr (P == 1) {
    return std::sqrt(squared);
  } else {
    return 0.5 * squared;
  }
}

}  // namespace brenier::search
