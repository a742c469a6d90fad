#pragma once

#include <vector>

#include "engines/multiscale/levels.hpp"
#include "simplex/flow.hpp"

namespace brenier::engines::multiscale {

/// Hands the flow of each pair of clusters out among the pairs of their children by increasing reduced cost until all
/// is placed: always feasible, a few arcs more than n + m at most.
/// @param coarse plan on `level`.  @param source_points, target_points sizes of the finest level.  @param phi, psi
/// potentials on level + 1, which decide what is cheap.
std::vector<simplex::Flow> prolong_plan(int order, const std::vector<simplex::Flow>& coarse, int level,
                                        Index source_points, Index target_points, const OrderedCloud& sources,
                                        const OrderedCloud& targets, const Vector& phi, const Vector& psi);

}  // namespace brenier::engines::multiscale
