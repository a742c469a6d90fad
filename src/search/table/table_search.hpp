#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "brenier/types.hpp"
#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "search/target_search.hpp"

namespace brenier::table {

/// Some pairs of every row, by ascending price cᵢⱼ − ψⱼ.
using RowPairs = std::vector<std::vector<search::PricedTarget>>;

/// The `wanted` cheapest pairs of each row, of those whose price is below `limit(i)` and that `takes(i, j, price)`.
/// O(n·m) calls, threaded by rows.
template <class Limit, class Takes>
RowPairs cheapest_pairs(const CostMatrix& costs, const Vector& psi, std::size_t wanted, int threads, const Limit& limit,
                        const Takes& takes) {
  RowPairs pairs(static_cast<std::size_t>(costs.rows()));
  const auto search_row = [&](Index i) {
    // A heap of the cheapest so far, the dearest of them on top.
    std::vector<search::PricedTarget>& row = pairs[static_cast<std::size_t>(i)];
    double below = limit(i);
    for (Index j = 0; j < costs.cols(); ++j) {
      const search::PricedTarget pair{costs(i, j) - psi[j], j};
      if (!(pair.value < below) || !takes(i, j, pair.value)) continue;
      if (row.size() == wanted) {
        std::pop_heap(row.begin(), row.end());
        row.pop_back();
      }
      row.push_back(pair);
      std::push_heap(row.begin(), row.end());
      if (row.size() == wanted) below = row.front().value;
    }
    std::sort_heap(row.begin(), row.end());
  };
  ParallelErrors errors;
#pragma omp parallel for schedule(dynamic, 64) \
    num_threads(worthwhile_threads(threads, static_cast <double>(costs.size())))
  for (Index i = 0; i < costs.rows(); ++i) errors.run([&] { search_row(i); });
  errors.rethrow();
  return pairs;
}

/// The same without a condition.
inline RowPairs cheapest_pairs(const CostMatrix& costs, const Vector& psi, std::size_t wanted, int threads) {
  return cheapest_pairs(
      costs, psi, wanted, threads, [](Index) { return std::numeric_limits<double>::infinity(); },
      [](Index, Index, double) { return true; });
}

}  // namespace brenier::table
