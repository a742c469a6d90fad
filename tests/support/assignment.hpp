#pragma once

#include <limits>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::test {

/// The column of each row in an assignment of least cost, by shortest augmenting paths (Jonker & Volgenant 1987), in
/// whatever numbers the costs are: with integers nothing is rounded. O(n³).
/// @param cost n×n, row by row.  @param infinity more than any sum of costs.
template <class Number>
std::vector<Index> least_assignment(Index n, const std::vector<Number>& cost, Number infinity) {
  const auto count = static_cast<std::size_t>(n);
  // Rows and columns count from 1; column 0 stands for the row that looks for a place.
  std::vector<Number> u(count + 1, 0), v(count + 1, 0);
  std::vector<std::size_t> row_of(count + 1, 0), from(count + 1, 0);
  for (std::size_t row = 1; row <= count; ++row) {
    row_of[0] = row;
    std::size_t column = 0;
    std::vector<Number> least(count + 1, infinity);
    std::vector<bool> done(count + 1, false);
    do {
      done[column] = true;
      const std::size_t i = row_of[column];
      Number step = infinity;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= count; ++j) {
        if (done[j]) continue;
        const Number reduced = cost[(i - 1) * count + (j - 1)] - u[i] - v[j];
        if (reduced < least[j]) least[j] = reduced, from[j] = column;
        if (least[j] < step) step = least[j], next = j;
      }
      for (std::size_t j = 0; j <= count; ++j) {
        if (done[j]) {
          u[row_of[j]] += step;
          v[j] -= step;
        } else {
          least[j] -= step;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = from[column]) row_of[column] = row_of[from[column]];
  }
  std::vector<Index> column_of(count);
  for (std::size_t j = 1; j <= count; ++j) column_of[row_of[j] - 1] = static_cast<Index>(j - 1);
  return column_of;
}

}  // namespace brenier::test
