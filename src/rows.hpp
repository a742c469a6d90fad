#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// The rows of `points` with these numbers, in this order.
inline Points select_rows(const Points& points, const std::vector<Index>& rows) {
  Points selected(static_cast<Index>(rows.size()), points.cols());
  for (Index i = 0; i < selected.rows(); ++i) selected.row(i) = points.row(rows[static_cast<std::size_t>(i)]);
  return selected;
}

/// The entries of `values` with these numbers, in this order.
inline Vector select_entries(const Vector& values, const std::vector<Index>& rows) {
  Vector selected(static_cast<Index>(rows.size()));
  for (Index i = 0; i < selected.size(); ++i) selected[i] = values[rows[static_cast<std::size_t>(i)]];
  return selected;
}

/// Where each of `count` rows stands among `rows`; −1 where it does not.
inline std::vector<Index> places(const std::vector<Index>& rows, Index count) {
  std::vector<Index> place(static_cast<std::size_t>(count), -1);
  for (std::size_t k = 0; k < rows.size(); ++k) place[static_cast<std::size_t>(rows[k])] = static_cast<Index>(k);
  return place;
}

}  // namespace brenier
