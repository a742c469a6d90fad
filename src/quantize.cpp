#include "quantize.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace brenier {
namespace {

using Units = std::vector<std::int64_t>;

constexpr std::int64_t largest_total = std::int64_t{1} << 62;
constexpr std::int64_t rounded_total = std::int64_t{1} << 61;

std::int64_t sum(const Units& units) { return std::accumulate(units.begin(), units.end(), std::int64_t{0}); }

bool positive_weights_are_equal(const Vector& weights) {
  const double largest = weights.maxCoeff();
  return (weights.array() == 0.0 || weights.array() == largest).all();
}

/// The exponent e of the last bit of w > 0: w is an odd multiple of 2ᵉ.
int last_bit(double w) {
  int exponent = 0;
  auto bits = static_cast<std::int64_t>(std::ldexp(std::frexp(w, &exponent), 53));
  exponent -= 53;
  for (; bits % 2 == 0; bits /= 2) ++exponent;
  return exponent;
}

/// The weights as the smallest integers in the same ratios, when their sum is at most 2⁶².
std::optional<Units> exact_units(const Vector& weights) {
  Units units(static_cast<std::size_t>(weights.size()));
  if (positive_weights_are_equal(weights)) {
    std::transform(weights.begin(), weights.end(), units.begin(), [](double w) { return w > 0.0 ? 1 : 0; });
    return units;
  }
  int unit = std::numeric_limits<int>::max();
  for (const double w : weights) {
    if (w > 0.0) unit = std::min(unit, last_bit(w));
  }
  std::int64_t total = 0;
  std::int64_t divisor = 0;
  for (Index i = 0; i < weights.size(); ++i) {
    const double multiple = std::ldexp(weights[i], -unit);
    if (!(multiple <= static_cast<double>(largest_total - total))) return std::nullopt;
    const auto count = static_cast<std::int64_t>(multiple);
    total += count;
    divisor = std::gcd(divisor, count);
    units[static_cast<std::size_t>(i)] = count;
  }
  if (divisor > 1) {
    for (std::int64_t& count : units) count /= divisor;
  }
  return units;
}

/// Integers of sum `rounded_total` in nearly the ratios of the weights: floors, and one unit more for the largest
/// remainders.
Units rounded_units(const Vector& weights) {
  const auto n = static_cast<std::size_t>(weights.size());
  long double sum_of_weights = 0.0L;
  for (const double w : weights) sum_of_weights += w;

  Units units(n);
  std::vector<long double> remainder(n);
  std::vector<std::size_t> by_remainder;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = weights[static_cast<Index>(i)];
    const long double share = w / sum_of_weights * rounded_total;
    units[i] = static_cast<std::int64_t>(share);
    remainder[i] = share - static_cast<long double>(units[i]);
    if (w > 0.0) by_remainder.push_back(i);
  }
  std::sort(by_remainder.begin(), by_remainder.end(), [&](std::size_t i, std::size_t j) {
    return remainder[i] != remainder[j] ? remainder[i] > remainder[j] : i < j;
  });
  // Rounding of the shares themselves can make the floors sum to too much, or to too little by more than one unit each.
  std::int64_t missing = rounded_total - sum(units);
  while (missing > 0) {
    for (auto i = by_remainder.begin(); i != by_remainder.end() && missing > 0; ++i, --missing) ++units[*i];
  }
  while (missing < 0) {
    for (auto i = by_remainder.rbegin(); i != by_remainder.rend() && missing < 0; ++i) {
      if (units[*i] > 0) --units[*i], ++missing;
    }
  }
  return units;
}

}  // namespace

QuantizedMasses quantize(const Vector& a, const Vector& b) {
  auto supply = exact_units(a);
  auto demand = exact_units(b);
  if (supply && demand) {
    const std::int64_t supplied = sum(*supply);
    const std::int64_t demanded = sum(*demand);
    const std::int64_t supply_factor = demanded / std::gcd(supplied, demanded);
    const std::int64_t demand_factor = supplied / std::gcd(supplied, demanded);
    if (supplied <= largest_total / supply_factor) {
      for (std::int64_t& units : *supply) units *= supply_factor;
      for (std::int64_t& units : *demand) units *= demand_factor;
      return {std::move(*supply), std::move(*demand), supplied * supply_factor, 0.0};
    }
  }
  const auto moved = static_cast<double>((a.array() > 0.0).count() + (b.array() > 0.0).count());
  return {rounded_units(a), rounded_units(b), rounded_total, 2.0 * moved / static_cast<double>(rounded_total)};
}

}  // namespace brenier
