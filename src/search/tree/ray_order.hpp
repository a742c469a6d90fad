#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier::search {

/// An order of the points, in cells as spatial/kd_order.hpp has them, whose cells are long along the rays of ψ.
///
/// Where ψ has a clear slope over a cell, the cell is split at the median across that slope, unless it is a good deal
/// longer than wide already; elsewhere across its widest side. For p = 1 this is what lets the search tree tell cells
/// apart (see RayBound): square cells along the ray through a query all have to be looked at.
///
/// Depends on points and ψ alone, not on the threads. O(n d² log n) time, O(n) memory.
std::vector<Index> ray_order(const Points& points, const Vector& psi, int threads);

}  // namespace brenier::search
