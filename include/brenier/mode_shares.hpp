#pragma once

#include <limits>
#include <vector>

#include "brenier/discrete_measure.hpp"

namespace brenier {

/// How a cloud is spread over the modes of a mixture, mode k being the points whose nearest centre is centre k.
struct ModeShares {
  std::vector<Index> count;        ///< Points with mass of each mode.
  Vector mass;                     ///< Their share of the mass; all sum to 1.
  std::vector<Index> close_count;  ///< Those within `radius` of the centre.
  Vector close_mass;               ///< Their share of the mass; 1 − Σ is the part that is in no mode.

  /// Number of modes with at least one close point.
  Index covered() const;
};

/// Counts and masses per mode of a mixture with known centres. `radius` is usually 3 standard deviations of a mode
/// (Srivastava et al. 2017, arXiv 1705.07761: "high quality samples" and "modes captured").
/// @param centres k×d.  @param radius ≥ 0, in the units of the coordinates.
/// @throws std::invalid_argument for shapes that do not match, a negative radius. O(n·k·d).
ModeShares mode_shares(const DiscreteMeasure& cloud, const Points& centres,
                       double radius = std::numeric_limits<double>::infinity(), int threads = 0);

}  // namespace brenier
