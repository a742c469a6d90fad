#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "brenier/types.hpp"
#include "numeric/median.hpp"

namespace brenier::simplex {

/// What counts as zero for the reduced cost of one arc: a number of units of the rounding of its own cost and
/// potentials, and perhaps a coarser part. Far points with large potentials make no other arc coarser.
struct Tolerance {
  double common = 0.0;  ///< Part that is the same for all arcs.
  double units = 0.0;   ///< k: reduced costs are right to k·u of |c| + |φ| + |ψ|, u = 2⁻⁵³.

  /// The arc is violated when c − φ − ψ < −of(c, φ, ψ).
  double of(double cost, double phi, double psi) const {
    return least(phi) + rounding() * (std::abs(cost) + std::abs(psi));
  }

  /// The smallest tolerance of all arcs at a source.
  double least(double phi) const { return common + rounding() * std::abs(phi); }

  Tolerance half() const { return {0.5 * common, 0.5 * units}; }

 private:
  double rounding() const { return 0.5 * std::numeric_limits<double>::epsilon() * units; }
};

/// The constant to add to φ and take from ψ before a solve: it leaves most of ψ within a few times its own spread below
/// zero. Potentials are sums of costs along trees, and rounded where they are large on the way; one that happens to end
/// near zero is no more exact than the others. On this level it does not look so.
inline double level_of(const Vector& psi) {
  const Quartiles most = quartiles(Points(psi)).front();
  return most.median + 4.0 * (most.upper - most.lower);
}

/// Whether ψ stands so far from zero, next to the differences that count, that rounding takes their digits.
inline bool is_far_off(const Vector& psi) {
  constexpr double far = 1000.0;
  const Quartiles most = quartiles(Points(psi)).front();
  return std::abs(most.median) > far * (most.upper - most.lower);
}

/// How many units of rounding count as zero in a solve, and when they double: the one rule for clouds and tables.
///
/// A search over all pairs finds arcs that the simplex has left violated. What it finds again, no fewer than the time
/// before, is rounding if it is hardly more than the tolerance; then that doubles. If what comes back is more than
/// that, time and again, potentials of this problem cannot be told apart any more: the solve has to give up, and leaves
/// it to the certificate to say what the answer is worth.
class RoundingUnits {
 public:
  double units() const { return units_; }

  /// For potentials that come from a finished solve and its transforms: each has left its tolerance in them.
  void expect_an_answer() { units_ = 256.0; }

  /// Takes note of a search at the same tolerance as the one before: how many arcs it has found, and the units that the
  /// worst is violated by.
  void review(Index found, double worst_units) {
    const bool fewer = found < found_before_;
    found_before_ = found;
    if (fewer || found == 0) return;
    if (worst_units < 4.0 * units_) units_ *= 2.0;
    ++rounds_in_vain_;
  }

  /// The next search is at another tolerance.
  void forget() { found_before_ = std::numeric_limits<Index>::max(); }

  bool is_stuck() const { return rounds_in_vain_ > most_rounds_in_vain; }

 private:
  static constexpr int most_rounds_in_vain = 100;

  double units_ = 16.0;
  Index found_before_ = std::numeric_limits<Index>::max();
  int rounds_in_vain_ = 0;
};

}  // namespace brenier::simplex
