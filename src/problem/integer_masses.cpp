#include "problem/integer_masses.hpp"

#include <algorithm>
#include <utility>

#include "numeric/integer_weights.hpp"

namespace brenier {
namespace {

using Units = std::vector<std::int64_t>;

constexpr std::int64_t largest_total = std::int64_t{1} << 62;
constexpr std::int64_t rounded_total = std::int64_t{1} << 61;

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
  std::int64_t missing = rounded_total - integer_weights::sum(units);
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

IntegerMasses to_integer_masses(const Vector& a, const Vector& b) {
  if (auto exact = exact_integers(a, b, largest_total)) {
    return {std::move(exact->supply), std::move(exact->demand), exact->total, 0.0};
  }
  const auto moved = static_cast<double>((a.array() > 0.0).count() + (b.array() > 0.0).count());
  return {rounded_units(a), rounded_units(b), rounded_total, 2.0 * moved / static_cast<double>(rounded_total)};
}

bool are_equal_masses(const std::vector<std::int64_t>& supply, const std::vector<std::int64_t>& demand) {
  const auto is_equal = [mass = supply.front()](std::int64_t other) { return other == mass; };
  return std::all_of(supply.begin(), supply.end(), is_equal) && std::all_of(demand.begin(), demand.end(), is_equal);
}

}  // namespace brenier
