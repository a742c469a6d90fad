#pragma once

#include "brenier/types.hpp"

namespace brenier::spatial {

/// Where most of the points are in one coordinate, from a sample of at most a thousand rows: a far point of any size
/// moves none of it.
struct Quartiles {
  double lower = 0.0;
  double median = 0.0;
  double upper = 0.0;
};

Quartiles quartiles(const Points& points, Index coordinate);

/// The median of every coordinate.
Eigen::RowVectorXd medians(const Points& points);

}  // namespace brenier::spatial
