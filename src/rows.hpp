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

}  // namespace brenier
