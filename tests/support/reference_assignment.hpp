#pragma once

#include <limits>
#include <vector>

#include "brenier/ground_cost.hpp"

namespace brenier::test {

/// The least mean cost of a matching of n points with n points, by shortest augmenting paths (Jonker and Volgenant
/// 1987) in extended precision: an exact solver that shares nothing with the library but the cost of a pair. O(n³).
inline double reference_assignment(int order, const Points& x, const Points& y) {
  const GroundCost cost(order);
  const auto n = static_cast<std::size_t>(x.rows());
  std::vector<double> costs(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) costs[i * n + j] = cost(x.row(i).data(), y.row(j).data(), x.cols());
  }
  constexpr long double infinity = std::numeric_limits<long double>::infinity();
  const std::size_t nobody = n;
  std::vector<long double> row_price(n + 1, 0), column_price(n + 1, 0);
  std::vector<std::size_t> row_of(n + 1, nobody), came_from(n + 1);
  for (std::size_t row = 0; row < n; ++row) {
    // A virtual column n starts the path from the new row.
    std::vector<long double> distance(n + 1, infinity);
    std::vector<bool> done(n + 1, false);
    std::size_t column = n;
    row_of[n] = row;
    do {
      done[column] = true;
      const std::size_t i = row_of[column];
      std::size_t nearest = n;
      long double shortest = infinity;
      for (std::size_t j = 0; j < n; ++j) {
        if (done[j]) continue;
        const long double reduced = costs[i * n + j] - row_price[i] - column_price[j];
        if (reduced < distance[j]) distance[j] = reduced, came_from[j] = column;
        if (distance[j] < shortest) shortest = distance[j], nearest = j;
      }
      for (std::size_t j = 0; j <= n; ++j) {
        if (done[j]) {
          row_price[row_of[j]] += shortest;
          column_price[j] -= shortest;
        } else {
          distance[j] -= shortest;
        }
      }
      column = nearest;
    } while (row_of[column] != nobody);
    for (; column != n; column = came_from[column]) row_of[column] = row_of[came_from[column]];
  }
  long double sum = 0;
  for (std::size_t j = 0; j < n; ++j) sum += costs[row_of[j] * n + j];
  return static_cast<double>(sum / n);
}

}  // namespace brenier::test
