#pragma once

#include "brenier/types.hpp"
#include "certificate/judged_costs.hpp"

namespace brenier::table {

/// A table as a judge sees it: costs are the numbers themselves. No plan that is weighed has mass on an infinite one.
class TableCosts final : public JudgedCosts {
 public:
  explicit TableCosts(const CostMatrix& costs);

  BoundedCost cost(Index i, Index j) const override { return {costs_(i, j), 0.0}; }
  double reach_of_source(Index) const override { return greatest_; }
  double reach_of_target(Index) const override { return 0.0; }
  DoubleDouble moved_psi(Index, double psi) const override { return psi; }
  Points search_targets(Vector& rounding) const override;
  double rounding_of_source(Index) const override { return 0.0; }
  double least_cost() const override;

 private:
  const CostMatrix& costs_;
  double greatest_;  ///< The largest finite cost, at least zero.
};

}  // namespace brenier::table
