#pragma once

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

#include "brenier/types.hpp"

namespace brenier::search {

/// Children of a node of the search tree. Their bounds are computed side by side: a group stores each number of its
/// nodes next to the same number of their siblings.
constexpr int fan = 4;

/// What a sum of O(d) products, taken twice, is right to, relative to the sum of their absolute values: an upper bound
/// of all that rounding does to the bound of a cell, and to the price of a target in it, next to the squares of the
/// cell's size and of the way from the query to its centre (for p = 1 next to these lengths), and to |ψ|.
inline double cell_rounding(Index dimension) {
  return 8.0 * static_cast<double>(dimension + 4) * std::numeric_limits<double>::epsilon();
}

/// Targets of a node: rows of `points` with their ψ.
struct Cell {
  const Points& points;
  const Vector& psi;
  const Index* first;  ///< The rows.
  const Index* last;

  Index size() const { return static_cast<Index>(last - first); }

  /// Calls visit(row) for each target that is not left out by ψ = −∞.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Index* row = first; row != last; ++row) {
      if (std::isfinite(psi[*row])) visit(*row);
    }
  }

  /// The same for a few hundred of them: enough to fit a model to.
  template <class Visit>
  void for_some(Visit&& visit) const {
    constexpr Index enough = 256;
    const Index step = std::max<Index>(1, size() / enough);
    for (Index k = 0; k < size(); k += step) {
      if (std::isfinite(psi[first[k]])) visit(first[k]);
    }
  }
};

/// Mean, scatter and least-squares slope of ψ over a cell.
///
/// The slope g minimises Σ (ψⱼ − ψ̄ − g·(yⱼ − ȳ))² + λ|g|² with λ a tiny multiple of the scatter, which keeps collinear
/// and coinciding points well posed. O(size · d²).
template <int D>
struct LinearFit {
  Eigen::Matrix<double, D, 1> mean;
  Eigen::Matrix<double, D, D> scatter;  ///< Σ (yⱼ − ȳ)(yⱼ − ȳ)ᵀ.
  Eigen::Matrix<double, D, 1> slope;

  explicit LinearFit(const Cell& cell) {
    const Index d = cell.points.cols();
    mean.setZero(d);
    scatter.setZero(d, d);
    slope.setZero(d);
    double mean_psi = 0.0, count = 0.0;
    cell.for_some([&](Index j) {
      count += 1.0;
      mean += (cell.points.row(j).transpose() - mean) / count;
      mean_psi += (cell.psi[j] - mean_psi) / count;
    });
    Eigen::Matrix<double, D, 1> products = slope, step = slope;
    cell.for_some([&](Index j) {
      step = cell.points.row(j).transpose() - mean;
      scatter += step * step.transpose();
      products += (cell.psi[j] - mean_psi) * step;
    });
    constexpr double ridge = 1e-9;
    if (!(scatter.trace() > 0.0)) return;
    Eigen::Matrix<double, D, D> regular = scatter;
    regular.diagonal().array() += ridge * scatter.trace();
    slope = regular.ldlt().solve(products);
    if (!slope.allFinite()) slope.setZero();
  }
};

}  // namespace brenier::search
