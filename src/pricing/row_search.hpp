#pragma once

#include "pricing/pricing.hpp"
#include "pricing/rounded_costs.hpp"

namespace brenier::pricing {

/// A search over all pairs of two clouds that have a table of rounded costs.
struct TableSearch {
  int order;
  const RoundedCosts& costs;
  const Points& queries;
  const Points& targets;
  const Vector& psi;  ///< On the targets; −∞ leaves one out.
  int threads;
};

/// For each query i = first, …, first + count − 1 the k targets with the smallest c(xᵢ, yⱼ) − ψⱼ below bound[i], like
/// Pricing::best_targets. Queries are rows of the table: query i is row rows[i], target j is column columns[j].
void search_rows(const TableSearch& search, const std::vector<Index>& rows, const std::vector<Index>& columns,
                 Index first, Index count, const Vector& bound, int k, BestTargets& result);

}  // namespace brenier::pricing
