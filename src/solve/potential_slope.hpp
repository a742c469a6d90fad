#pragma once

#include "brenier/types.hpp"

namespace brenier {

/// ∇φ at points x with images T(x): x − T(x) for p = 2, for p = 1 its direction, 0 where x = T(x).
inline Points potential_slope(int order, const Points& x, const Points& images) {
  Points slope = x - images;
  if (order == 1) {
    for (Index i = 0; i < x.rows(); ++i) slope.row(i).stableNormalize();
  }
  return slope;
}

}  // namespace brenier
