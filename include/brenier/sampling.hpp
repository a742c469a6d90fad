#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"

namespace brenier {

/// Laws that `sample` draws from.
struct SampleOptions {
  std::string kind = "ring";  ///< One of `sample_kinds()`.
  Index n = 512;              ///< Number of points, at least 1.
  Index dimension = 2;        ///< d; laws of the plane take only 2.
  std::uint64_t seed = 0;     ///< Same seed, same bytes, on every machine.
  Index modes = 8;            ///< ring: number of Gaussians on the circle.
  double radius = 1.0;        ///< ring, ball, annulus, …: radius in the plane's units.
  double std = 0.1;           ///< ring, gaussian: standard deviation of each coordinate.
  bool stratified = false;    ///< ring: n/modes points of each mode (the first n mod modes get one more), shuffled.
};

/// Names of the laws: ring, gaussian, uniform, ball, annulus, swissroll, checkerboard, dirac.
const std::vector<std::string>& sample_kinds();

/// Draws a cloud of n points with mass 1/n each.
/// @throws std::invalid_argument naming the option, its value and what it must be.
DiscreteMeasure sample(const SampleOptions& options);

}  // namespace brenier
