#pragma once

#include <vector>

#include "brenier/ground_cost.hpp"
#include "brenier/types.hpp"

namespace brenier::pricing {

/// The cheapest target found so far for one point.
struct Cheapest {
  double value;  ///< c(x, yⱼ) − ψⱼ.
  Index target;  ///< The smallest j that attains it.
};

/// The targets of a problem with their potential, laid out for the processor's vector units.
///
/// Targets stand in packs of eight: a pack holds eight first coordinates, eight second coordinates and so on, then
/// comes the next pack. One operation serves eight pairs; every pair is computed exactly as `priced_cost` does it, so
/// that values depend neither on the width of the vector unit nor on the place in the pack.
class PackedTargets {
 public:
  static constexpr Index lanes = 8;

  /// ψ is zero until it is set.
  PackedTargets(GroundCost cost, const Points& targets);

  Index size() const { return size_; }
  Index packs() const { return (size_ + lanes - 1) / lanes; }

  /// Bytes that the coordinates of one pack take.
  Index pack_bytes() const { return dimension_ * lanes * Index{sizeof(double)}; }

  /// Replaces ψ (one entry a target, −∞ leaves it out).
  void set_potential(const Vector& psi);

  /// row[j] = c(x, yⱼ) − ψⱼ for all j < size(); row has room for packs() · lanes values. O(m·d).
  void priced_costs(const double* x, double* row) const;

  /// Improves best[i] by the targets of the packs first … last−1, for `count` points in rows at x. Packs have to come
  /// in ascending order for ties to go to the smallest target. O(count · (last − first) · d).
  void search(Index first, Index last, const double* x, Index count, Cheapest* best) const;

 private:
  GroundCost cost_;
  Index size_;
  Index dimension_;
  std::vector<double> coordinates_;  ///< packs × dimension × lanes.
  std::vector<double> psi_;          ///< packs × lanes, −∞ past the last target.
};

}  // namespace brenier::pricing
