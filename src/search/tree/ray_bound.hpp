#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/tree/tree_cell.hpp"

namespace brenier::search {

/// What the tree knows of a cell for p = 1: a cylinder around it, and a model of ψ that is linear along its axis,
///     ψ(y) ≤ α + γ t  with t = u·(y − centre), |t| ≤ half-length, and y no farther than the radius from the axis.
///
/// The axis u is the direction of steepest ascent of ψ, that of the transport rays (Santambrogio 2015, §3.1), and γ its
/// slope, 1 on a ray. All targets on a ray through x cost x nearly the same, so what tells cells apart is their
/// distance from that ray alone: with s = u·(x − centre) and q the distance of x from the axis less the radius (at
/// least zero) a target of the cell costs at least
///     min over |t| ≤ half-length of √((s − t)² + q²) − γ t − α,
/// which is attained at t = clamp(s + q γ/√(1 − γ²)).
template <int D>
struct RayBound {
  /// centre[d], u[d], γ, γ/√(1 − γ²), half-length, radius, α of each node.
  static Index doubles(Index dimension) { return fan * (2 * dimension + 5); }

  /// Makes the model of a cell the entry `lane` of its group.
  static void fit(const Cell& cell, double* group, int lane) {
    constexpr double steepest = 1.0 - 1e-9;
    const Index d = cell.points.cols();
    const LinearFit<D> linear(cell);
    double gamma = linear.slope.norm();
    Eigen::Matrix<double, D, 1> u = Eigen::Matrix<double, D, 1>::Unit(d, 0);
    if (gamma > 0.0 && std::isfinite(gamma)) u = linear.slope / gamma;
    gamma = std::min(gamma, steepest);

    Eigen::Matrix<double, D, 1> centre = linear.mean, step = u;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const Index* j = cell.first; j != cell.last; ++j) {
      const double t = u.dot(cell.points.row(*j).transpose() - linear.mean);
      low = std::min(low, t);
      high = std::max(high, t);
    }
    centre += 0.5 * (low + high) * u;

    double half = 0.0, squared_radius = 0.0, squared_reach = 0.0, alpha = -std::numeric_limits<double>::infinity();
    for (const Index* j = cell.first; j != cell.last; ++j) {
      step = cell.points.row(*j).transpose() - centre;
      const double t = u.dot(step), squared = step.squaredNorm();
      half = std::max(half, std::abs(t));
      squared_radius = std::max(squared_radius, squared - t * t);
      squared_reach = std::max(squared_reach, squared);
      if (std::isfinite(cell.psi[*j])) alpha = std::max(alpha, cell.psi[*j] - gamma * t);
    }
    double* entry = group + lane;
    for (Index k = 0; k < d; ++k, entry += fan) {
      entry[0] = centre[k];
      entry[fan * d] = u[k];
    }
    entry += fan * d;
    entry[0] = gamma;
    entry[fan] = gamma / std::sqrt(1.0 - gamma * gamma);
    // What rounding does in the size of the cell goes into its half-length, its radius and α.
    const double reach = std::sqrt(squared_reach);
    if (std::isfinite(alpha)) alpha += cell_rounding(d) * (std::abs(alpha) + 4.0 * reach);
    entry[2 * fan] = half + cell_rounding(d) * reach;
    entry[3 * fan] = std::sqrt(squared_radius + cell_rounding(d) * squared_reach);
    entry[4 * fan] = alpha;
  }

  /// Lower bounds, over the cells of a group, of c(x, y) − ψ(y) as it is computed before its last subtraction is
  /// rounded. All other rounding is taken off: it is `cell_rounding` of the way from x to the centre, and a part of α.
  static void lower_bounds(const double* group, const double* x, Index dimension, double* bound) {
    const Index d = D == Eigen::Dynamic ? dimension : D;
    const double* u = group + fan * d;
    const double* gamma = u + fan * d;
    const double* tangent = gamma + fan;
    const double* half = tangent + fan;
    const double* radius = half + fan;
    const double* alpha = radius + fan;
    double along[fan] = {}, squared[fan] = {};
    for (Index k = 0; k < d; ++k) {
      for (int l = 0; l < fan; ++l) {
        const double z = x[k] - group[fan * k + l];
        along[l] += z * u[fan * k + l];
        squared[l] += z * z;
      }
    }
    // The difference of squares is rounded down, as a small distance from the axis would feel its rounding.
    const double rounding = cell_rounding(d), certain = 1.0 - rounding;
    for (int l = 0; l < fan; ++l) {
      const double apart = std::sqrt(std::max(squared[l] * certain - along[l] * along[l], 0.0));
      const double q = std::max(apart - radius[l], 0.0);
      const double t = std::max(std::min(along[l] + tangent[l] * q, half[l]), -half[l]);
      const double ahead = along[l] - t;
      bound[l] = std::sqrt(ahead * ahead + q * q) - gamma[l] * t - alpha[l] - rounding * (std::abs(along[l]) + apart);
    }
  }
};

}  // namespace brenier::search
