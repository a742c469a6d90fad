#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// 128 bits, signed.
__extension__ typedef __int128 Int128;

/// Two sets of weights as integers in one unit.
/// @tparam Integer std::int64_t or Int128.
template <class Integer>
struct IntegerWeights {
  std::vector<Integer> supply;
  std::vector<Integer> demand;
  Integer total = 0;  ///< Sum of each.
};

namespace integer_weights {

template <class Integer>
Integer gcd(Integer a, Integer b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a;
}

template <class Integer>
Integer sum(const std::vector<Integer>& units) {
  Integer total = 0;
  for (const Integer count : units) total += count;
  return total;
}

inline bool positive_weights_are_equal(const Vector& weights) {
  const double largest = weights.maxCoeff();
  return (weights.array() == 0.0 || weights.array() == largest).all();
}

/// The exponent e of the last bit of w > 0: w is an odd multiple of 2ᵉ.
inline int last_bit(double w) {
  int exponent = 0;
  auto bits = static_cast<std::int64_t>(std::ldexp(std::frexp(w, &exponent), 53));
  exponent -= 53;
  for (; bits % 2 == 0; bits /= 2) ++exponent;
  return exponent;
}

/// Weights (finite, ≥ 0, of positive sum) as the smallest integers in the same ratios, when their sum is at most
/// `largest`; equal weights are 1 each. Nothing is rounded.
template <class Integer>
std::optional<std::vector<Integer>> smallest_integers(const Vector& weights, Integer largest) {
  std::vector<Integer> units(static_cast<std::size_t>(weights.size()));
  if (positive_weights_are_equal(weights)) {
    std::transform(weights.begin(), weights.end(), units.begin(), [](double w) { return Integer{w > 0.0 ? 1 : 0}; });
    return units;
  }
  int unit = std::numeric_limits<int>::max();
  for (const double w : weights) {
    if (w > 0.0) unit = std::min(unit, last_bit(w));
  }
  Integer total = 0;
  Integer divisor = 0;
  for (Index i = 0; i < weights.size(); ++i) {
    const double multiple = std::ldexp(weights[i], -unit);
    if (!(multiple <= static_cast<double>(largest - total))) return std::nullopt;
    const auto count = static_cast<Integer>(multiple);
    total += count;
    divisor = gcd(divisor, count);
    units[static_cast<std::size_t>(i)] = count;
  }
  if (divisor > 1) {
    for (Integer& count : units) count /= divisor;
  }
  return units;
}

}  // namespace integer_weights

/// Two sets of weights (finite, ≥ 0, of positive sum) as integers whose sums agree, in exactly the ratios of each set:
/// Aᵢ of sum A and Bⱼ of sum B become Aᵢ·B/g and Bⱼ·A/g with g = gcd(A, B). Empty where A·B/g is more than `largest`.
template <class Integer>
std::optional<IntegerWeights<Integer>> exact_integers(const Vector& a, const Vector& b, Integer largest) {
  using namespace integer_weights;
  auto supply = smallest_integers(a, largest);
  auto demand = supply ? smallest_integers(b, largest) : std::nullopt;
  if (!demand) return std::nullopt;
  const Integer supplied = sum(*supply), demanded = sum(*demand);
  const Integer divisor = gcd(supplied, demanded);
  const Integer supply_factor = demanded / divisor, demand_factor = supplied / divisor;
  if (supplied > largest / supply_factor) return std::nullopt;
  for (Integer& units : *supply) units *= supply_factor;
  for (Integer& units : *demand) units *= demand_factor;
  return IntegerWeights<Integer>{std::move(*supply), std::move(*demand), supplied * supply_factor};
}

}  // namespace brenier
