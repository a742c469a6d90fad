#include "certificate/exact_weights.hpp"

namespace brenier {
namespace {

constexpr Int128 largest_total = Int128{1} << 126;
constexpr int rounded_bits = 120;

/// The power of two that brings the largest weight between 1 and 2, or as near as a double can.
double scale_of(const Vector& weights) { return std::ldexp(1.0, std::min(1023, -std::ilogb(weights.maxCoeff()))); }

DoubleDouble scaled_sum(const Vector& weights, double scale) {
  DoubleDouble sum;
  for (const double w : weights) sum += w * scale;
  return sum;
}

/// An integer of at most 126 bits, to the 106 bits of a DoubleDouble.
DoubleDouble to_double_double(Int128 units) {
  const auto high = static_cast<double>(units);
  return two_sum(high, static_cast<double>(units - static_cast<Int128>(high)));
}

/// Aᵢ/ΣA in units of 2⁻¹²⁰, rounded down by 2⁻⁹⁹ of itself and five units, more than what the division and the
/// conversion of its two halves may have rounded up.
std::vector<Int128> rounded_down(const Vector& weights) {
  const double scale = scale_of(weights);
  const DoubleDouble sum = scaled_sum(weights, scale);
  std::vector<Int128> units(static_cast<std::size_t>(weights.size()));
  for (Index k = 0; k < weights.size(); ++k) {
    const DoubleDouble share = DoubleDouble(weights[k] * scale) / sum;
    const Int128 nearest = static_cast<Int128>(std::ldexp(share.hi, rounded_bits)) +
                           static_cast<Int128>(std::ldexp(share.lo, rounded_bits));
    const Int128 lowered = nearest - (nearest >> 99) - 5;
    units[static_cast<std::size_t>(k)] = lowered > 0 ? lowered : 0;
  }
  return units;
}

}  // namespace

ExactWeights::ExactWeights(const Vector& a, const Vector& b, bool normalize)
    : a_(a), b_(b), source_scale_(scale_of(a)), target_scale_(scale_of(b)) {
  const DoubleDouble source_sum = scaled_sum(a, source_scale_), target_sum = scaled_sum(b, target_scale_);
  mass_ = normalize ? DoubleDouble(1.0) : source_sum * (1.0 / source_scale_);
  source_factor_ = mass_ / source_sum;
  target_factor_ = mass_ / target_sum;
}

ExactMasses::ExactMasses(const ExactWeights& weights) {
  if (auto exact = exact_integers(weights.source(), weights.target(), largest_total)) {
    supply = std::move(exact->supply);
    demand = std::move(exact->demand);
    unit_ = weights.mass() / to_double_double(exact->total);
    return;
  }
  exact_ = false;
  supply = rounded_down(weights.source());
  demand = rounded_down(weights.target());
  unit_ = weights.mass() * std::ldexp(1.0, -rounded_bits);
}

DoubleDouble ExactMasses::mass_of(Int128 units) const { return to_double_double(units) * unit_; }

Int128 ExactMasses::units_of(double mass) const {
  const double units = mass / unit_.hi;
  return units < 0x1p126 ? static_cast<Int128>(units) : largest_total;
}

double ExactMasses::missing(Int128 units) const {
  return exact_ ? 0.0 : (16.0 + 0x1p-98 * static_cast<double>(units)) * unit_.hi;
}

}  // namespace brenier
