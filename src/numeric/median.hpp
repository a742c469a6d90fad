#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// Where most of the points are in one coordinate.
struct Quartiles {
  double lower = 0.0;
  double median = 0.0;
  double upper = 0.0;
};

/// The quartiles of every coordinate, from at most a thousand of the points (in high dimension forty), evenly
/// taken: a far point of any size moves none of them.
/// @param weights points without weight are passed over; empty: all have some.
std::vector<Quartiles> quartiles(const Points& points, const Vector& weights = {});

/// The medians among them.
Eigen::RowVectorXd medians(const Points& points, const Vector& weights = {});

}  // namespace brenier
