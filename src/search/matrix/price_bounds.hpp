#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::search {

/// @file
/// Bounds, in float32, of prices c(x, y) − ψ(y) from rows of RoundedCosts: what tells which pairs may matter.
///
/// With |q − ½|x − y|²/s²| ≤ E_x + E_y, a price in the unit sᵖ lies between
///   p = 2:  q + lower(y) − E_x       and  q + upper(y) + E_x,      lower and upper enclosing −ψ(y)/s² ∓ E_y;
///   p = 1:  √(2q − r) + lower(y)     and  √(2q + r) + upper(y),    r = 2(E_x + E_y), enclosing −ψ(y)/s.
/// For p = 2 the bounds below leave E_x out, which is the same for all y: the asking side's `window` makes up for it.
/// The last operation is a single rounded one, which keeps order: a bound that is not above a float in real numbers is
/// not above it in float32. The roundings before it are relative to q, and part of E.

/// What it costs to bound a pair's price, in operations: whether threads pay.
constexpr double operations_a_pair = 8.0;

/// The side that pays ψ; one entry a point.
struct PayingSide {
  std::vector<float> lower;
  std::vector<float> upper;
  std::vector<float> radius;  ///< 2E for p = 1, zero for p = 2.

  /// Encloses −ψ of one point, given in the unit; ψ = −∞ leaves it out. `error` is its E.
  void set(int order, std::size_t point, double error, double psi);
};

/// The side whose points look for the smallest price.
struct AskingSide {
  std::vector<float> radius;  ///< 2E for p = 1, zero for p = 2.
  std::vector<float> window;  ///< 2E for p = 2, zero for p = 1.
};

/// The side that pays, all points left out.
/// @param error E of each point.
PayingSide paying_side(int order, const std::vector<float>& error);
AskingSide asking_side(int order, const std::vector<float>& error);

/// The unit sᵖ of prices.
inline double price_unit(int order, double unit) { return order == 2 ? unit * unit : unit; }

/// What a lower bound is, at most, for a pair whose price may be the smallest, when `smallest_upper` is an upper bound
/// of a price: 2⁻²¹ of it is more than the rounding of both bounds, of this sum, and of prices in double.
inline float threshold(float smallest_upper, float window) {
  const float size = smallest_upper < 0.0F ? -smallest_upper : smallest_upper;
  return (smallest_upper + window) + 0x1p-21F * size;
}

/// A lower bound of the cost of a pair, in the unit, in double.
/// @param error E_x + E_y.
inline double least_cost(int order, double q, double error) {
  return order == 2 ? q - error : std::sqrt(2.0 * std::max(0.0, q - error));
}

/// A lower bound of the prices, in the unit, of pairs whose lower bound is above `limit` for the asking side.
/// @param row_error E_x.
inline double least_price_above(int order, float limit, double row_error) {
  const double least = static_cast<double>(limit) - (order == 2 ? row_error : 0.0);
  return least - 4.0 * std::numeric_limits<double>::epsilon() * std::abs(least);
}

/// Columns that are looked at together. Rows of q have a multiple of it.
constexpr Index group_size = 32;

/// Bounds of the prices that a row of q asks, or that it is asked. The kernels behind it use the processor's vector
/// units; every number is the same on every processor.
class RowBounds {
 public:
  RowBounds(int order, const float* q, Index groups) : order_(order), q_(q), groups_(groups) {}

  /// @name The row asks, the columns pay.
  /// @{

  /// The smallest lower and the smallest upper bound of each group.
  void ask_groups(float row_radius, const PayingSide& columns, float* lower, float* upper) const;

  /// The lower bounds of one group.
  void ask_group(float row_radius, const PayingSide& columns, Index group, float* lower) const;
  /// @}

  /// @name The columns ask, the row pays: `row_lower`, `row_upper` and `row_radius` are its entries of a PayingSide.
  /// @{

  /// upper[j] = min(upper[j], the upper bound of the price for column j).
  void improve(float row_upper, float row_radius, const AskingSide& columns, float* upper) const;

  /// below[g] = 1 where a column of the group has a lower bound that is not above its limit, otherwise 0.
  void find_below(float row_lower, float row_radius, const AskingSide& columns, const float* limit,
                  unsigned char* below) const;

  /// The lower bounds of one group.
  void group_asks(float row_lower, float row_radius, const AskingSide& columns, Index group, float* lower) const;
  /// @}

 private:
  int order_;
  const float* q_;
  Index groups_;
};

}  // namespace brenier::search
