#pragma once

#include <cstdint>
#include <vector>

#include "problem/shipment.hpp"

namespace brenier {

/// Serves the targets in the order `targets` from the sources in the order `sources`, each source until it is empty:
/// the north-west corner of the cost matrix with rows and columns in these orders.
///
/// @param supply, demand  units at each source and target, of equal sum; zeros are passed over.
/// Gives at most n + m − 1 shipments, none of zero units, that go up in both orders. O(n + m).
std::vector<Shipment> north_west_corner(const std::vector<Index>& sources, const std::vector<Index>& targets,
                                        std::vector<std::int64_t> supply, std::vector<std::int64_t> demand);

/// Row numbers of the points by ascending coordinate on the axis, ties by row number. O(n log n).
std::vector<Index> order_along(const Points& points, Index axis);

}  // namespace brenier
