#include "problem/kd_order.hpp"

#include <algorithm>

#include "problem/cell_split.hpp"

namespace brenier {

namespace {

Index widest_side(const Points& points, const Index* first, const Index* last) {
  Index widest = 0;
  double greatest_width = -1.0;
  for (Index side = 0; side < points.cols(); ++side) {
    double low = points(*first, side), high = low;
    for (const Index* row = first + 1; row != last; ++row) {
      low = std::min(low, points(*row, side));
      high = std::max(high, points(*row, side));
    }
    if (high - low > greatest_width) {
      greatest_width = high - low;
      widest = side;
    }
  }
  return widest;
}

}  // namespace

std::vector<Index> kd_order(const Points& points, int threads) {
  const auto coordinate_for = [&points](const Index* first, const Index* last) {
    return [&points, side = widest_side(points, first, last)](Index row) { return points(row, side); };
  };
  return CellSplit(points.rows(), 2, coordinate_for).run(200.0 * static_cast<double>(points.rows()), threads);
}

}  // namespace brenier
