#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// The order in which a balanced kd-tree holds the points: the k-th of 2^t cells of depth t is the range
/// [⌊k·n/2^t⌋, ⌊(k+1)·n/2^t⌋) of the result, at every depth t at once.
///
/// Cells are split at the median of their widest side, so neighbours in the order are neighbours in space, and both the
/// search tree and the clusters of the hierarchy are ranges: no tree is stored. Depends on the points alone, not on
/// the threads. O(n log n) time, O(n) memory.
std::vector<Index> kd_order(const Points& points, int threads);

/// First point of cell k of 2^depth cells over n points: ⌊k·n/2^depth⌋ without overflow for n < 2^31 and depth ≤ 31.
inline Index cell_begin(Index n, int depth, Index cell) { return (cell * n) >> depth; }

}  // namespace brenier
