#pragma once

#include <cmath>

namespace brenier {

/// A number with twice the digits of a double: hi + lo with |lo| ≤ ½ulp(hi).
///
/// Sums, products and quotients are right to 2⁻¹⁰² of the result, a sum of numbers of opposite sign to 2⁻¹⁰² of the
/// larger one (Dekker 1971; Joldes, Muller & Popescu 2017, algorithms 6, 12 and 17), as long as nothing overflows and
/// products stay above 2⁻⁹⁶⁰.
struct DoubleDouble {
  double hi = 0.0;
  double lo = 0.0;

  DoubleDouble() = default;
  DoubleDouble(double value) : hi(value) {}
  DoubleDouble(double high, double low) : hi(high), lo(low) {}

  double value() const { return hi + lo; }
};

/// a + b without any rounding (Knuth, The Art of Computer Programming 2, section 4.2.2).
inline DoubleDouble two_sum(double a, double b) {
  const double sum = a + b, rounded_b = sum - a;
  return {sum, (a - (sum - rounded_b)) + (b - rounded_b)};
}

/// a · b without any rounding.
inline DoubleDouble two_product(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

inline DoubleDouble operator-(DoubleDouble a) { return {-a.hi, -a.lo}; }

inline DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = two_sum(a.hi, b.hi), low = two_sum(a.lo, b.lo);
  const DoubleDouble sum = two_sum(high.hi, high.lo + low.hi);
  return two_sum(sum.hi, sum.lo + low.lo);
}

inline DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + -b; }

inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = two_product(a.hi, b.hi);
  return two_sum(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

inline DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  const double first = a.hi / b.hi;
  const DoubleDouble rest = a - b * first;
  const double second = rest.hi / b.hi;
  return two_sum(first, second + (rest - b * second).hi / b.hi);
}

inline DoubleDouble& operator+=(DoubleDouble& a, DoubleDouble b) { return a = a + b; }

inline bool operator<(DoubleDouble a, DoubleDouble b) { return a.hi < b.hi || (a.hi == b.hi && a.lo < b.lo); }

/// √a for a ≥ 0: one step of Newton's from the double's root.
inline DoubleDouble sqrt(DoubleDouble a) {
  const double root = std::sqrt(a.hi);
  if (!(root > 0.0)) return root;
  const DoubleDouble rest = a - two_product(root, root);
  return two_sum(root, rest.hi / (2.0 * root));
}

}  // namespace brenier
