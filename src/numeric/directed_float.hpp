#pragma once

#include <cmath>
#include <limits>

namespace brenier::search {

/// The nearest float, infinite where there is none.
inline float to_float(double x) {
  constexpr double largest = std::numeric_limits<float>::max();
  if (x > largest) return std::numeric_limits<float>::infinity();
  if (x < -largest) return -std::numeric_limits<float>::infinity();
  return static_cast<float>(x);
}

/// The largest float that is at most x.
inline float float_below(double x) {
  const float nearest = to_float(x);
  return nearest > x ? std::nextafter(nearest, -std::numeric_limits<float>::infinity()) : nearest;
}

/// The smallest float that is at least x.
inline float float_above(double x) { return -float_below(-x); }

}  // namespace brenier::search
