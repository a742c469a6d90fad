#pragma once

#include <functional>
#include <vector>

#include "search/matrix/price_bounds.hpp"
#include "search/matrix/rounded_costs.hpp"
#include "search/target_search.hpp"

namespace brenier::search {

/// A target and a lower bound of its cost c for some query.
struct LikelyTarget {
  Index target;
  double least_cost;
};

/// What bounds alone tell about the prices c − ψ of a query.
struct Survey {
  std::vector<LikelyTarget> likely;  ///< The two cheapest targets are among them; in no order.
  double others;                     ///< No other target is cheaper.
};

/// Searches for queries that are rows of a table of rounded costs over targets that are columns.
class RowSearch {
 public:
  /// @param columns the column of each target.  ψ is zero until it is set. What is passed must outlive the search.
  RowSearch(int order, const RoundedCosts& costs, const Points& targets, const std::vector<Index>& columns,
            int threads);

  /// Replaces ψ, everywhere or at one target; −∞ leaves a target out.
  void set_potential(const Vector& psi);
  void set_potential(Index target, double psi);

  /// For each query i = first, …, first + count − 1 the k targets with the smallest c(xᵢ, yⱼ) − ψⱼ below bound[i], as
  /// TargetSearch::best_targets. @param rows the row of each query.
  void best_targets(const Points& queries, const std::vector<Index>& rows, Index first, Index count,
                    const Vector& bound, int k, BestTargets& result) const;

  /// Calls visit(k, survey of row rows[k]), from several threads at once. No cost is computed in double.
  /// @param likely so many targets at least are likely, where there are as many groups of columns, and mostly twice
  /// that.
  void survey(const std::vector<Index>& rows, Index likely,
              const std::function<void(Index, const Survey&)>& visit) const;

  double potential(Index target) const { return psi_[target]; }
  const Vector& potential() const { return psi_; }

 private:
  class Worker;

  /// Calls work(worker, k, rounded costs of row rows[k]) for each k < count; workers look for the `wanted` cheapest.
  template <class Work>
  void for_each_row(const Index* rows, Index count, int wanted, const Work& work) const;

  int order_;
  const RoundedCosts& costs_;
  const Points& targets_;
  const std::vector<Index>& columns_;
  int threads_;
  double price_unit_;
  std::vector<Index> target_at_;  ///< The target in each column; −1: none.
  PayingSide paying_;
  AskingSide asking_;
  Vector psi_;
};

}  // namespace brenier::search
