#pragma once

#include "brenier/types.hpp"
#include "numeric/double_double.hpp"

namespace brenier {

/// A cost with a bound of its error.
struct BoundedCost {
  DoubleDouble value;
  double error = 0.0;
};

/// The costs of a problem as a judge sees them: right to twice the digits of a double, wherever they come from.
class JudgedCosts {
 public:
  virtual ~JudgedCosts() = default;

  virtual BoundedCost cost(Index i, Index j) const = 0;

  /// A cost between i and j is at most `reach_of_source(i) + reach_of_target(j)`.
  virtual double reach_of_source(Index i) const = 0;
  virtual double reach_of_target(Index j) const = 0;

  /// The ψ of whoever asks for a judgement as one of these costs.
  virtual DoubleDouble moved_psi(Index j, double psi) const = 0;

  /// The points that a search in doubles is to use for the targets, and for each the length of what rounding took off
  /// it, rounded up; no coordinates where costs do not come from points.
  virtual Points search_targets(Vector& rounding) const = 0;

  /// The same length for a source.
  virtual double rounding_of_source(Index i) const = 0;

  /// The least that any plan costs.
  virtual double least_cost() const = 0;
};

}  // namespace brenier
