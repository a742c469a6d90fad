#pragma once

#include <vector>

#include "brenier/ground_cost.hpp"
#include "support/assignment.hpp"

namespace brenier::test {

/// The least mean cost of a matching of n points with n points, in extended precision: an exact solver that shares
/// nothing with the library but the cost of a pair. O(n³).
inline double reference_assignment(int order, const Points& x, const Points& y) {
  const GroundCost cost(order);
  const Index n = x.rows();
  std::vector<long double> costs;
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) costs.push_back(cost(x.row(i).data(), y.row(j).data(), x.cols()));
  }
  const std::vector<Index> column = least_assignment<long double>(n, costs, 1e4000L);
  long double sum = 0;
  for (Index i = 0; i < n; ++i) sum += costs[static_cast<std::size_t>(i * n + column[static_cast<std::size_t>(i)])];
  return static_cast<double>(sum / static_cast<long double>(n));
}

}  // namespace brenier::test
