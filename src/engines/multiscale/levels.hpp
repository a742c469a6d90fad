#pragma once

#include "problem/ordered_cloud.hpp"

namespace brenier::engines::multiscale {

/// Number of clusters on level l: 2^l, or the points themselves once 2^l reaches their number.
Index level_size(Index points, int level);

/// The clusters of level l: mass = sum, place = mean weighted by mass. O(n d).
OrderedCloud make_level(const OrderedCloud& finest, int level, int threads);

/// First child, on level l + 1, of cluster k of level l (k = level_size: one past the last child).
Index first_child(Index points, int level, Index cluster);

}  // namespace brenier::engines::multiscale
