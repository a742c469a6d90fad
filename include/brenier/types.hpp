#pragma once

#include <Eigen/Core>

namespace brenier {

/// Every size, index and product of sizes: 64 bits, signed.
using Index = Eigen::Index;
static_assert(sizeof(Index) == 8, "brenier needs 64-bit indices");

/// A cloud of n points in ℝᵈ: n×d, row-major, one row a point.
using Points = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// One double a point.
using Vector = Eigen::VectorXd;

/// A table of costs: cᵢⱼ in row i, column j; n×m, row-major. Any finite numbers, and +∞ for pairs that no mass may use.
/// A view: nothing is copied.
using CostMatrix = Eigen::Ref<const Points, 0, Eigen::OuterStride<>>;

}  // namespace brenier
