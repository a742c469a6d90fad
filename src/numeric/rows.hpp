#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// The rows of `points` with these numbers, in this order.
/// @tparam Rows std::vector<Index>, or what can be asked as one.
template <class Rows>
Points select_rows(const Points& points, const Rows& rows) {
  Points selected(static_cast<Index>(rows.size()), points.cols());
  for (Index i = 0; i < selected.rows(); ++i) selected.row(i) = points.row(rows[static_cast<std::size_t>(i)]);
  return selected;
}

/// The mean of the rows, row by row as they stand in memory.
inline Eigen::RowVectorXd mean_row(const Points& points) {
  Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(points.cols());
  for (Index i = 0; i < points.rows(); ++i) sum += points.row(i);
  return sum / static_cast<double>(points.rows());
}

/// The entries of `values` with these numbers, in this order.
template <class Rows>
Vector select_entries(const Vector& values, const Rows& rows) {
  Vector selected(static_cast<Index>(rows.size()));
  for (Index i = 0; i < selected.size(); ++i) selected[i] = values[rows[static_cast<std::size_t>(i)]];
  return selected;
}

/// The inverse for all entries: values[k] at place order[k].
/// @tparam Order a permutation.
template <class Order>
Vector put_entries(const Vector& values, const Order& order) {
  Vector placed(values.size());
  for (Index k = 0; k < values.size(); ++k) placed[order[static_cast<std::size_t>(k)]] = values[k];
  return placed;
}

/// Where each of `count` rows stands among `rows`; −1 where it does not.
template <class Rows>
std::vector<Index> places(const Rows& rows, Index count) {
  std::vector<Index> place(static_cast<std::size_t>(count), -1);
  for (std::size_t k = 0; k < rows.size(); ++k) place[static_cast<std::size_t>(rows[k])] = static_cast<Index>(k);
  return place;
}

}  // namespace brenier
