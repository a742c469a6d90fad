#include "sampling/portable_math.hpp"

#include <cmath>

namespace brenier::sampling {

double portable_log(double x) {
  // x = m·2ᵉ with m in [√½, √2); ln m = 2 artanh z = 2 (z + z³/3 + z⁵/5 + …) with z = (m − 1)/(m + 1), |z| < 0.172.
  // The first term left out, z⁴³/43, is below 10⁻³⁴ of the first.
  constexpr double sqrt_half = 0x1.6a09e667f3bcdp-1;
  constexpr double ln_2 = 0x1.62e42fefa39efp-1;
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < sqrt_half) {
    m *= 2;
    --exponent;
  }
  const double z = (m - 1) / (m + 1);
  const double z2 = z * z;
  double series = 0;
  for (int k = 41; k >= 1; k -= 2) series = series * z2 + 1.0 / k;
  return exponent * ln_2 + 2 * z * series;
}

UnitVector unit_vector(double turns) {
  // Reduced without rounding to an angle of at most an eighth of a turn from a multiple of a quarter.
  const double quarters = (turns - std::floor(turns)) * 4;
  const double quarter = std::floor(quarters + 0.5);
  constexpr double half_pi = 0x1.921fb54442d18p+0;
  const double angle = (quarters - quarter) * half_pi;
  // Taylor series to angle²⁰, |angle| ≤ π/4: the first term left out is below 10⁻²³.
  const double a2 = angle * angle;
  double cosine = 1, sine = 1;
  for (int k = 20; k >= 2; k -= 2) {
    cosine = 1 - cosine * a2 / ((k - 1) * k);
    sine = 1 - sine * a2 / (k * (k + 1));
  }
  sine *= angle;
  switch (static_cast<int>(quarter) % 4) {
    case 0:
      return {cosine, sine};
    case 1:
      return {-sine, cosine};
    case 2:
      return {-cosine, -sine};
    default:
      return {sine, -cosine};
  }
}

}  // namespace brenier::sampling
