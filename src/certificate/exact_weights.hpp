#pragma once

#include "brenier/types.hpp"
#include "numeric/double_double.hpp"
#include "numeric/integer_weights.hpp"

namespace brenier {

/// A number and a bound of its error.
struct BoundedSum {
  DoubleDouble value;
  double error = 0.0;
};

/// The weights of a balanced problem as real numbers, without the rounding of a division: Aᵢ = M aᵢ/Σa and
/// Bⱼ = M bⱼ/Σb for the doubles a, b that the user gave. M is 1, or Σa where the clouds are not normalised.
///
/// Keeps references to the weights.
class ExactWeights {
 public:
  ExactWeights(const Vector& a, const Vector& b, bool normalize);

  const Vector& source() const { return a_; }
  const Vector& target() const { return b_; }

  /// M.
  DoubleDouble mass() const { return mass_; }

  /// Σ Aᵢ vᵢ over the sources, Σ Bⱼ vⱼ over the targets. v(k) gives a double or a DoubleDouble; points without mass are
  /// passed over. Products are exact and their sum has twice a double's digits: error ≤ (n + 16)·2⁻¹⁰²·Σ A|v|.
  template <class Values>
  BoundedSum over_sources(const Values& v) const {
    return weighted(a_, source_scale_, source_factor_, v);
  }
  template <class Values>
  BoundedSum over_targets(const Values& v) const {
    return weighted(b_, target_scale_, target_factor_, v);
  }

 private:
  template <class Values>
  static BoundedSum weighted(const Vector& weights, double scale, DoubleDouble factor, const Values& v) {
    DoubleDouble sum;
    double magnitude = 0.0;
    for (Index k = 0; k < weights.size(); ++k) {
      if (weights[k] == 0.0) continue;
      const DoubleDouble term = DoubleDouble(weights[k] * scale) * DoubleDouble(v(k));
      sum += term;
      magnitude += std::abs(term.hi);
    }
    const double terms = static_cast<double>(weights.size() + 16);
    // What is lost where the low half of a product underflows is below 2⁻¹⁰⁷⁰.
    return {sum * factor, terms * (0x1p-101 * magnitude + 0x1p-1070) * factor.hi};
  }

  const Vector& a_;
  const Vector& b_;
  DoubleDouble mass_;
  double source_scale_;         ///< The power of two that brings the largest weight between 1 and 2.
  double target_scale_;         ///< Likewise.
  DoubleDouble source_factor_;  ///< M/Σa for scaled weights a.
  DoubleDouble target_factor_;  ///< M/Σb for scaled weights b.
};

/// The same weights as integers: what a plan's flows are counted in.
///
/// Where the ratios of the weights allow it (equal weights, small integers, two clouds with the same sum) nothing is
/// rounded. Otherwise each is rounded down in units of 2⁻¹²⁰ of the mass, and `missing` bounds what that took.
class ExactMasses {
 public:
  explicit ExactMasses(const ExactWeights& weights);

  std::vector<Int128> supply;
  std::vector<Int128> demand;

  /// `units` as a part of the mass M.
  DoubleDouble mass_of(Int128 units) const;

  /// A mass in units, rounded down.
  Int128 units_of(double mass) const;

  /// What may be missing of a weight of so many units.
  double missing(Int128 units) const;

 private:
  bool exact_ = true;
  DoubleDouble unit_;  ///< Mass of one.
};

}  // namespace brenier
