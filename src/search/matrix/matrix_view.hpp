#pragma once

#include <memory>
#include <vector>

#include "search/matrix/rounded_costs.hpp"

namespace brenier::search {

/// Where the queries and targets of a search stand in a table of rounded costs that is shared with others.
struct MatrixView {
  std::shared_ptr<const RoundedCosts> costs;  ///< Null: no table.
  bool transposed = false;                    ///< Queries are its columns, targets its rows; both in the same order.
  std::vector<Index> query_rows;              ///< The row of each query; empty: in the same order. Not if transposed.
  std::vector<Index> target_columns;          ///< The column of each target; likewise.
};

}  // namespace brenier::search
