#pragma once

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

#include "search/tree/tree_cell.hpp"

namespace brenier::search {

/// What the tree knows of a cell for p = 2: its box, and a quadratic model of ψ on it,
///     ψ(y) ≤ α + g·t + ½(1 − λ)|t|²  with t = y − centre and λ ≥ 0.
///
/// Slope and curvature are fitted by least squares; α is the smallest constant that makes the inequality true. With
/// z = x − centre and w = z + g a target of the cell costs at least
///     min over the box of ½|z|² − w·t + ½λ|t|² − α,
/// which is separable and attained at t = clamp(w / λ). Where ψ comes from an optimal plan, ½|y|² − ψ(y) is Brenier's
/// convex potential of the way back, and λ is its curvature: how much that map stretches (Santambrogio 2015, §1.3.1).
/// A linear model would be off by the square of the cell's width wherever the map is not a mere translation.
template <int D>
struct QuadraticBound {
  /// centre[d], half-width[d], g[d], λ, 1/λ, α of each node.
  static Index doubles(Index dimension) { return fan * (3 * dimension + 3); }

  /// Makes the model of a cell the entry `lane` of its group.
  static void fit(const Cell& cell, double* group, int lane) {
    const Index d = D == Eigen::Dynamic ? cell.points.cols() : D;
    double* centre = group + lane;
    double* half = centre + fan * d;
    double* g = half + fan * d;
    double* lambda = g + fan * d;
    fit_box(cell, d, centre, half);
    const Model model = fit_model(cell, centre, half);
    for (Index k = 0; k < d; ++k) g[fan * k] = model.slope[k];
    lambda[0] = model.lambda;
    lambda[fan] = 1.0 / std::max(model.lambda, 1e-200);

    double alpha = -std::numeric_limits<double>::infinity(), swing = 0.0;
    cell.for_each([&](Index j) {
      const double* y = cell.points.data() + j * d;
      double modelled = 0.0;
      for (Index k = 0; k < d; ++k) {
        const double t = y[k] - centre[fan * k];
        modelled += t * (g[fan * k] + 0.5 * (1.0 - model.lambda) * t);
      }
      alpha = std::max(alpha, cell.psi[j] - modelled);
    });
    for (Index k = 0; k < d; ++k) {
      const double width = 2.0 * half[fan * k];
      swing += width * (std::abs(g[fan * k]) + (1.0 + std::abs(1.0 - model.lambda)) * width);
    }
    // What rounding does in the size of the cell goes into α, here and where a bound is taken and a target priced.
    if (std::isfinite(alpha)) alpha += cell_rounding(d) * (std::abs(alpha) + swing);
    lambda[2 * fan] = alpha;
  }

  /// Lower bounds, over the cells of a group, of c(x, y) − ψ(y) as it is computed before its last subtraction is
  /// rounded. All other rounding is taken off: with all terms within |z|² and the squares of the cell's size, it is
  /// `cell_rounding` of |z|², which is what is missing of ½|z|² below, and a part of α.
  static void lower_bounds(const double* group, const double* x, Index dimension, double* bound) {
    const Index d = D == Eigen::Dynamic ? dimension : D;
    const double* half = group + fan * d;
    const double* g = half + fan * d;
    const double* lambda = g + fan * d;
    const double* inverse = lambda + fan;
    const double* alpha = inverse + fan;
    const double share = 0.5 - cell_rounding(d);
    double squares[fan] = {};
    for (int l = 0; l < fan; ++l) bound[l] = -alpha[l];
    for (Index k = 0; k < d; ++k) {
      for (int l = 0; l < fan; ++l) {
        const double z = x[k] - group[fan * k + l];
        const double w = z + g[fan * k + l];
        const double h = half[fan * k + l];
        const double t = std::max(std::min(w * inverse[l], h), -h);
        squares[l] += z * z;
        bound[l] += t * (0.5 * lambda[l] * t - w);
      }
    }
    for (int l = 0; l < fan; ++l) bound[l] += share * squares[l];
  }

 private:
  static constexpr int unknowns = D == Eigen::Dynamic ? Eigen::Dynamic : D + 2;  ///< Constant, slope, curvature.

  struct Model {
    Eigen::Matrix<double, D, 1> slope;
    double lambda = 1.0;
  };

  static void fit_box(const Cell& cell, Index d, double* centre, double* half) {
    for (Index k = 0; k < d; ++k) {
      double low = std::numeric_limits<double>::infinity(), high = -low;
      for (const Index* j = cell.first; j != cell.last; ++j) {
        low = std::min(low, cell.points(*j, k));
        high = std::max(high, cell.points(*j, k));
      }
      centre[fan * k] = 0.5 * (low + high);
      half[fan * k] = std::max(high - centre[fan * k], centre[fan * k] - low);
    }
  }

  static Model fit_model(const Cell& cell, const double* centre, const double* half) {
    const Index d = cell.points.cols();
    double widest = 0.0;
    for (Index k = 0; k < d; ++k) widest = std::max(widest, half[fan * k]);
    Model model;
    model.slope.setZero(d);
    const double scale = 1.0 / widest;
    if (!std::isfinite(scale)) return model;

    Eigen::Matrix<double, unknowns, 1> terms(d + 2), products(d + 2);
    Eigen::Matrix<double, unknowns, unknowns> squares(d + 2, d + 2);
    products.setZero();
    squares.setZero();
    double count = 0.0;
    cell.for_some([&](Index j) {
      terms[0] = 1.0;
      double square = 0.0;
      for (Index k = 0; k < d; ++k) {
        const double t = (cell.points(j, k) - centre[fan * k]) * scale;
        terms[1 + k] = t;
        square += t * t;
      }
      terms[d + 1] = square;
      squares += terms * terms.transpose();
      products += cell.psi[j] * terms;
      count += 1.0;
    });
    constexpr double ridge = 1e-9;
    squares.diagonal().array() += ridge * (count + 1.0);
    products = squares.ldlt().solve(products);
    const Eigen::Matrix<double, D, 1> slope = products.segment(1, d) * scale;
    const double lambda = 1.0 - 2.0 * products[d + 1] * scale * scale;
    if (!slope.allFinite() || !std::isfinite(lambda)) return model;
    constexpr double steepest = 4.0;
    model.slope = slope;
    model.lambda = std::min(std::max(lambda, 0.0), steepest);
    return model;
  }
};

}  // namespace brenier::search
