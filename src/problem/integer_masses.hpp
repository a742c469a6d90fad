#pragma once

#include <cstdint>
#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// Two sets of weights as integers of equal sum.
struct IntegerMasses {
  std::vector<std::int64_t> supply;  ///< One entry a source, ≥ 0.
  std::vector<std::int64_t> demand;  ///< One entry a target, ≥ 0.
  std::int64_t total = 0;            ///< Sum of each, at most 2⁶².
  double rounding = 0.0;  ///< Bound of Σ|supplyᵢ/total − aᵢ/Σa| + Σ|demandⱼ/total − bⱼ/Σb|; 0 where nothing is lost.
};

/// Rounds weights (finite, ≥ 0, of positive sum) to integers such that both sides have the same total.
///
/// Nothing is lost where each side is integer up to a common factor: Aᵢ of sum A and Bⱼ of sum B become Aᵢ·B/g and
/// Bⱼ·A/g with g = gcd(A, B), as long as A·B/g ≤ 2⁶². Equal weights count as 1 each whatever their value, so uniform
/// clouds of n and m points get m/g and n/g units a point. Other weights are rounded by largest remainders to a total
/// of 2⁶¹: each moves by less than two units. O(n log n + m log m).
IntegerMasses to_integer_masses(const Vector& a, const Vector& b);

/// True when every point of both sides has the same mass: then the problem is one of assignment.
bool are_equal_masses(const std::vector<std::int64_t>& supply, const std::vector<std::int64_t>& demand);

}  // namespace brenier
