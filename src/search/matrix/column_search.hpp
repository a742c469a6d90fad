#pragma once

#include <vector>

#include "search/matrix/rounded_costs.hpp"

namespace brenier::search {

/// What search_columns needs to know.
struct ColumnSearch {
  int order;
  const RoundedCosts& costs;
  const Points& queries;  ///< The points of the columns.
  const Points& targets;  ///< The points of the rows.
  const Vector& psi;      ///< On the targets; −∞ leaves one out.
  int threads;
};

/// value[j] = minᵢ c(xⱼ, yᵢ) − ψᵢ and the smallest i that attains it, like TargetSearch::c_transform, for queries that
/// are the columns of the table and targets that are its rows, in the table's order.
void search_columns(const ColumnSearch& search, Vector& value, std::vector<Index>& minimizer);

/// Bytes that search_columns takes, at most, beside the table: what each thread knows of the columns, the candidates
/// that wait, the rows that are read, and the result.
double column_search_bytes(Index rows, Index columns, Index dimension, int threads);

}  // namespace brenier::search
