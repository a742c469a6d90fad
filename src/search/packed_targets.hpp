#pragma once

#include <vector>

#include "brenier/ground_cost.hpp"
#include "brenier/types.hpp"

namespace brenier::search {

/// The cheapest target found so far for one point.
struct Cheapest {
  double value;  ///< c(x, yⱼ) − ψⱼ.
  Index target;  ///< The smallest j that attains it.
};

/// The targets of a problem with their potential, laid out for the processor's vector units.
///
/// Targets stand in packs of 32: a pack holds 32 first coordinates, 32 second coordinates and so on, then comes the
/// next pack. Loops over a pack run in vector registers, while every single pair is computed exactly as `priced_cost`
/// does it: values depend neither on the width of the registers nor on the place in the pack.
class PackedTargets {
 public:
  static constexpr Index pack_size = 32;

  /// ψ is zero until it is set.
  PackedTargets(GroundCost cost, const Points& targets);

  Index size() const { return size_; }
  Index dimension() const { return dimension_; }
  Index packs() const { return (size_ + pack_size - 1) / pack_size; }

  /// Bytes that the coordinates of one pack take.
  Index pack_bytes() const { return dimension_ * pack_size * Index{sizeof(double)}; }

  /// Replaces ψ (one entry a target, −∞ leaves it out).
  void set_potential(const Vector& psi);

  /// row[j] = c(x, yⱼ) − ψⱼ for all targets j; row has room for packs() · pack_size values. O(m·d).
  void priced_costs(const double* x, double* row) const;

  /// Improves `best` by the targets of the packs first … last−1. Packs have to come in ascending order for ties to go
  /// to the smallest target. O((last − first) · d).
  void search(Index first, Index last, const double* x, Cheapest& best) const;

 private:
  GroundCost cost_;
  Index size_;
  Index dimension_;
  std::vector<double> coordinates_;  ///< packs × dimension × pack_size.
  std::vector<double> psi_;          ///< packs × pack_size, −∞ past the last target.
};

}  // namespace brenier::search
