#include "search/tree/ray_order.hpp"

#include "problem/cell_split.hpp"
#include "search/tree/tree_cell.hpp"

namespace brenier::search {

namespace {

/// Smaller cells are not split further: the tree looks at such few targets one by one.
constexpr Index smallest_cell = 4;

/// A slope below this is no ray's.
constexpr double clear_slope = 0.5;

/// How many times as long as wide a cell may become.
constexpr double longest_aspect = 64.0;

/// The direction along which a cell is split.
template <int D>
Eigen::Matrix<double, D, 1> normal_of_split(const Cell& cell) {
  using Direction = Eigen::Matrix<double, D, 1>;
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

template <int D>
std::vector<Index> split_all(const Points& points, const Vector& psi, int threads) {
  const auto coordinate_for = [&](const Index* first, const Index* last) {
    return [&points, normal = normal_of_split<D>({points, psi, first, last})](Index row) {
      return points.row(row).dot(normal);
    };
  };
  const double operations = 500.0 * static_cast<double>(points.rows());
  return CellSplit(points.rows(), smallest_cell, coordinate_for).run(operations, threads);
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

}  // namespace brenier::search
