#include "spatial/kd_order.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "parallel.hpp"

namespace brenier::spatial {

namespace {

/// Cells of at most this many points are split by one thread.
constexpr Index serial_cell = 16384;

class Splitter {
 public:
  Splitter(const Points& points, std::vector<Index>& order) : points_(points), order_(order) {}

  // Splits the range of cell `cell` at `depth` until its points are single.
  void split(int depth, Index cell) {
    const Index n = points_.rows();
    const Index begin = cell_begin(n, depth, cell), end = cell_begin(n, depth, cell + 1);
    if (end - begin < 2) return;
    const Index middle = cell_begin(n, depth + 1, 2 * cell + 1);
    const Index side = widest_side(begin, end);
    if (middle > begin && middle < end) {
      const auto first = order_.begin();
      std::nth_element(first + begin, first + middle, first + end, [&](Index a, Index b) {
        const double xa = points_(a, side), xb = points_(b, side);
        return xa < xb || (xa == xb && a < b);
      });
    }
    if (end - begin > serial_cell) {
#pragma omp task
      split(depth + 1, 2 * cell);
    } else {
      split(depth + 1, 2 * cell);
    }
    split(depth + 1, 2 * cell + 1);
  }

 private:
  Index widest_side(Index begin, Index end) const {
    Index widest = 0;
    double greatest_width = -1.0;
    for (Index side = 0; side < points_.cols(); ++side) {
      double low = points_(order_[static_cast<std::size_t>(begin)], side), high = low;
      for (Index k = begin + 1; k < end; ++k) {
        const double x = points_(order_[static_cast<std::size_t>(k)], side);
        low = std::min(low, x);
        high = std::max(high, x);
      }
      if (high - low > greatest_width) {
        greatest_width = high - low;
        widest = side;
      }
    }
    return widest;
  }

  const Points& points_;
  std::vector<Index>& order_;
};

}  // namespace

std::vector<Index> kd_order(const Points& points, int threads) {
  std::vector<Index> order(static_cast<std::size_t>(points.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  Splitter splitter(points, order);
  const double operations = 200.0 * static_cast<double>(points.rows());
#pragma omp parallel num_threads(worthwhile_threads(threads, operations))
#pragma omp single
  splitter.split(0, 0);
  return order;
}

}  // namespace brenier::spatial
