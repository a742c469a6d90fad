#include "pricing/ray_order.hpp"

#include <algorithm>
#include <numeric>

#include "parallel.hpp"
#include "pricing/tree_cell.hpp"
#include "spatial/kd_order.hpp"

namespace brenier::pricing {

namespace {

using spatial::cell_begin;

/// Cells of at most this many points are split by one thread.
constexpr Index serial_cell = 16384;

/// Smaller cells are not split further: the tree looks at such few targets one by one.
constexpr Index smallest_cell = 4;

/// A slope below this is no ray's.
constexpr double clear_slope = 0.5;

/// How many times as long as wide a cell may become.
constexpr double longest_aspect = 64.0;

template <int D>
class Splitter {
 public:
  Splitter(const Points& points, const Vector& psi, std::vector<Index>& order)
      : points_(points), psi_(psi), order_(order) {}

  void split(int depth, Index cell) {
    const Index n = points_.rows();
    const Index begin = cell_begin(n, depth, cell), end = cell_begin(n, depth, cell + 1);
    if (end - begin < smallest_cell) return;
    const Index middle = cell_begin(n, depth + 1, 2 * cell + 1);
    const Direction normal = normal_of_split({points_, psi_, order_.data() + begin, order_.data() + end});
    const auto first = order_.begin();
    std::nth_element(first + begin, first + middle, first + end, [&](Index a, Index b) {
      const double ta = points_.row(a).dot(normal), tb = points_.row(b).dot(normal);
      return ta < tb || (ta == tb && a < b);
    });
    if (end - begin > serial_cell) {
#pragma omp task
      split(depth + 1, 2 * cell);
    } else {
      split(depth + 1, 2 * cell);
    }
    split(depth + 1, 2 * cell + 1);
  }

 private:
  using Direction = Eigen::Matrix<double, D, 1>;

  static Direction normal_of_split(const Cell& cell) {
    const LinearFit<D> fit(cell);
    const double steepness = fit.slope.norm();
    Index widest = 0;
    if (!(steepness > clear_slope)) {
      fit.scatter.diagonal().maxCoeff(&widest);
      return Direction::Unit(fit.slope.size(), widest);
    }
    const Direction ray = fit.slope / steepness;
    // Of what the scatter has across the ray, the column of the largest diagonal entry points about where it is widest.
    const Eigen::Matrix<double, D, D> across =
        Eigen::Matrix<double, D, D>::Identity(ray.size(), ray.size()) - ray * ray.transpose();
    const Eigen::Matrix<double, D, D> scatter = across * fit.scatter * across;
    scatter.diagonal().maxCoeff(&widest);
    const double norm = scatter.col(widest).norm();
    if (!(norm > 0.0)) return ray;
    const Direction side = scatter.col(widest) / norm;
    const double length = ray.dot(fit.scatter * ray), width = side.dot(fit.scatter * side);
    return length > longest_aspect * longest_aspect * width ? ray : side;
  }

  const Points& points_;
  const Vector& psi_;
  std::vector<Index>& order_;
};

template <int D>
std::vector<Index> split_all(const Points& points, const Vector& psi, int threads) {
  std::vector<Index> order(static_cast<std::size_t>(points.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  Splitter<D> splitter(points, psi, order);
  const double operations = 500.0 * static_cast<double>(points.rows());
#pragma omp parallel num_threads(worthwhile_threads(threads, operations))
#pragma omp single
  splitter.split(0, 0);
  return order;
}

}  // namespace

std::vector<Index> ray_order(const Points& points, const Vector& psi, int threads) {
  switch (points.cols()) {
    case 2:
      return split_all<2>(points, psi, threads);
    case 3:
      return split_all<3>(points, psi, threads);
    default:
      return split_all<Eigen::Dynamic>(points, psi, threads);
  }
}

}  // namespace brenier::pricing
