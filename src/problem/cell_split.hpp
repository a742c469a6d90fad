#pragma once

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "problem/kd_order.hpp"

namespace brenier {

/// Splits n points into cells, each at its median along a coordinate of its own, until they have fewer than `smallest`
/// points (two or more).
///
/// `coordinate_for(first, last)` looks at the points of a cell, given by their numbers, and returns a function from the
/// number of a point to its coordinate; it is called by several threads at once. Equal coordinates go by number, so the
/// order does not depend on the threads.
template <class CoordinateFor>
class CellSplit {
 public:
  CellSplit(Index points, Index smallest, const CoordinateFor& coordinate_for)
      : smallest_(smallest), coordinate_for_(coordinate_for), order_(static_cast<std::size_t>(points)) {
    std::iota(order_.begin(), order_.end(), Index{0});
  }

  /// The points in the order of the cells.
  /// @param operations in all, about.
  std::vector<Index> run(double operations, int threads) {
#pragma omp parallel num_threads(worthwhile_threads(threads, operations))
#pragma omp single
    split(0, 0);
    errors_.rethrow();
    return std::move(order_);
  }

 private:
  /// Cells of at most this many points are split by one thread.
  static constexpr Index serial_cell = 16384;

  void split(int depth, Index cell) noexcept {
    errors_.run([&] { split_cell(depth, cell); });
  }

  void split_cell(int depth, Index cell) {
    const auto n = static_cast<Index>(order_.size());
    Index* const begin = order_.data() + cell_begin(n, depth, cell);
    Index* const end = order_.data() + cell_begin(n, depth, cell + 1);
    if (end - begin < smallest_) return;
    const auto coordinate = coordinate_for_(begin, end);
    std::nth_element(begin, order_.data() + cell_begin(n, depth + 1, 2 * cell + 1), end, [&](Index a, Index b) {
      const double xa = coordinate(a), xb = coordinate(b);
      return xa < xb || (xa == xb && a < b);
    });
    if (end - begin > serial_cell) {
#pragma omp task
      split(depth + 1, 2 * cell);
    } else {
      split(depth + 1, 2 * cell);
    }
    split(depth + 1, 2 * cell + 1);
  }

  Index smallest_;
  const CoordinateFor& coordinate_for_;
  std::vector<Index> order_;
  ParallelErrors errors_;
};

}  // namespace brenier
