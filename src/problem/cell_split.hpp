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
    threads = worthwhile_threads(threads, operations);
    // Depth by depth until there are cells for all threads to go on with alone.
    int depth = 0;
    for (; threads > 1 && (Index{1} << depth) < cells_a_thread * threads; ++depth) {
      for_each_cell(depth, threads, [&](Index cell) { split(depth, cell); });
    }
    for_each_cell(depth, threads, [&](Index cell) { split_down(depth, cell); });
    return std::move(order_);
  }

 private:
  /// Enough that none waits long for another.
  static constexpr Index cells_a_thread = 8;

  template <class Work>
  void for_each_cell(int depth, int threads, const Work& work) {
    ParallelErrors errors;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (Index cell = 0; cell < (Index{1} << depth); ++cell) errors.run([&] { work(cell); });
    errors.rethrow();
  }

  /// False for a cell that is small enough.
  bool split(int depth, Index cell) {
    const auto n = static_cast<Index>(order_.size());
    Index* const begin = order_.data() + cell_begin(n, depth, cell);
    Index* const end = order_.data() + cell_begin(n, depth, cell + 1);
    if (end - begin < smallest_) return false;
    const auto coordinate = coordinate_for_(begin, end);
    std::nth_element(begin, order_.data() + cell_begin(n, depth + 1, 2 * cell + 1), end, [&](Index a, Index b) {
      const double xa = coordinate(a), xb = coordinate(b);
      return xa < xb || (xa == xb && a < b);
    });
    return true;
  }

  void split_down(int depth, Index cell) {
    if (!split(depth, cell)) return;
    split_down(depth + 1, 2 * cell);
    split_down(depth + 1, 2 * cell + 1);
  }

  Index smallest_;
  const CoordinateFor& coordinate_for_;
  std::vector<Index> order_;
};

}  // namespace brenier
