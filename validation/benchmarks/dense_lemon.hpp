#pragma once

#include "brenier/discrete_measure.hpp"

namespace brenier::benchmark {

/// What LEMON found and how long it took.
struct DenseAnswer {
  double distance = 0.0;      ///< W_p.
  double cost_seconds = 0.0;  ///< For the n·m costs.
  double seconds = 0.0;       ///< For everything after them.
};

/// Solves with LEMON's network simplex as its manual wants it: an array of n·m costs, brought to whole units of 2⁻⁴⁴ of
/// the largest, and integer masses; one run, no refinement and no certificate. (With costs in double it may pivot
/// forever: on lattices, where rounding breaks ties in a circle, it was seen to.) The plan is within 2⁻⁴⁴ of the
/// largest cost of the optimum, and is measured with the costs in double. Graph and masses are the library's, so that
/// LEMON has the least to carry: about 70 bytes a pair.
/// @throws std::length_error when n·m is more than LEMON's int can number.
DenseAnswer solve_dense(int order, const DiscreteMeasure& source, const DiscreteMeasure& target);

}  // namespace brenier::benchmark
