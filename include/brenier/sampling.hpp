#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"

namespace brenier {

/// Laws that `sample` draws from. An option that is set for a law that has no use for it is refused.
///
/// | kind | law | dimension |
/// |---|---|---|
/// | ring | `modes` Gaussians of standard deviation `std` at angles 2πk/modes on a circle of `radius` | 2 |
/// | gaussian | N(0, std² I) | any |
/// | uniform | the unit cube [0, 1]ᵈ | any |
/// | ball | uniform in the ball of `radius` | any |
/// | annulus | uniform between the circles of radius/2 and `radius` | 2 |
/// | swissroll | spiral of 1½ turns, radius/3 to `radius`, plus N(0, std² I); in 3-D a height in [0, radius] | 2, 3 |
/// | checkerboard | uniform on the dark half of 4×4 cells of the square [−radius, radius]² | 2 |
/// | dirac | every point at the origin | any |
struct SampleOptions {
  std::string kind = "ring";     ///< One of `sample_kinds()`.
  Index n = 512;                 ///< Number of points, at least 1.
  Index dimension = 2;           ///< d, at least 1; some laws restrict it, see above.
  std::uint64_t seed = 0;        ///< Same seed, same bytes, on every machine with IEEE 754 doubles.
  std::optional<Index> modes;    ///< ring: number of Gaussians, at least 1; 8 unless set.
  std::optional<double> radius;  ///< ring, ball, annulus, swissroll, checkerboard: > 0; 1 unless set.
  std::optional<double> std;     ///< ring 0.1, gaussian 1, swissroll 0 unless set; ≥ 0.

  /// ring: n/modes points of each mode (the first n mod modes get one more), shuffled. gaussian, in the plane: one
  /// point in each of n equal sectors around the origin, shuffled, so that every sector has its share of the points.
  /// Each point alone has the same law as without.
  bool stratified = false;
};

/// Names of the laws: ring, gaussian, uniform, ball, annulus, swissroll, checkerboard, dirac.
const std::vector<std::string>& sample_kinds();

/// Draws a cloud of n points with mass 1/n each.
/// @throws std::invalid_argument naming the option, its value and what it must be.
DiscreteMeasure sample(const SampleOptions& options);

/// Draws n of the points that carry mass, without replacement, in random order and with their weights.
/// @param repeat which of the draws of this seed: other repeats draw other sets.
/// @throws std::invalid_argument unless 1 ≤ n ≤ the number of points that carry mass.
DiscreteMeasure subsample(const DiscreteMeasure& cloud, Index n, std::uint64_t seed, std::uint64_t repeat = 0);

}  // namespace brenier
