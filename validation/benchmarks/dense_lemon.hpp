#pragma once

#include "brenier/discrete_measure.hpp"

namespace brenier::benchmark {

/// What LEMON found and how long it took.
struct DenseAnswer {
  double distance = 0.0;      ///< W_p.
  double cost_seconds = 0.0;  ///< For the n·m costs.
  double seconds = 0.0;       ///< For everything after them.
};

/// Solves with LEMON's network simplex as its users do: an array of n·m costs in double, integer masses, one run, no
/// refinement and no certificate. Graph and masses are the library's, so that LEMON has the least to carry: about
/// 70 bytes a pair.
/// @throws std::length_error when n·m is more than LEMON's int can number.
DenseAnswer solve_dense(int order, const DiscreteMeasure& source, const DiscreteMeasure& target);

}  // namespace brenier::benchmark
