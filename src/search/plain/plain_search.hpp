#pragma once

#include <functional>

#include "search/target_search.hpp"

namespace brenier {

/// What a search over all targets has found for one source: its cheapest targets by c(x, yⱼ) − ψⱼ, ascending, the
/// smaller index among equals. `count` is the number asked for, or that of all targets that take part.
using ShortlistVisit = std::function<void(Index source, const search::PricedTarget* found, int count)>;

/// Finds the `wanted` cheapest targets of each source by looking at every pair, one after the other: the search that
/// the certificate trusts. It has no tree, no bound, no cache, and no line in common with what engines search with.
///
/// ψ = −∞ leaves a target out. Costs are summed as GroundCost does it. `visit` is called once a source, by several
/// threads at once. O(n·m·d).
void search_plainly(int order, const Points& sources, const Points& targets, const Vector& psi, int wanted, int threads,
                    const ShortlistVisit& visit);

}  // namespace brenier
