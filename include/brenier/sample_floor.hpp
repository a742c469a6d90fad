#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"

namespace brenier {

/// How the floor is measured.
struct SampleFloorOptions {
  Index size = 0;          ///< Points of each sample; 0: half of the target's points that carry mass.
  Index repeats = 10;      ///< How many pairs are drawn, ≥ 1.
  std::uint64_t seed = 0;  ///< Same seed, same pairs. Pair k depends on (seed, k) alone.
  SolveOptions solve;      ///< Its order is that of the distance; both samples are always scaled to mass 1.
};

/// W_p(Q, Q′) between pairs of independent samples of one law Q.
struct SampleFloor {
  Index size = 0;              ///< Points of each sample.
  std::vector<double> values;  ///< W_p of each pair, in the units of the coordinates.
  double mean = 0.0;           ///< Of the values.

  /// √(Σ(value − mean)² / (repeats − 1)), how much one measurement scatters; empty for a single repeat.
  std::optional<double> standard_deviation;
};

/// The floor of a distance to a target: what W_p is between two independent samples of the target's own law. A sample
/// of a perfect generator has on average this distance to a target of that size, and no method a smaller one.
///
/// Two samples of n points are at W_p ~ n^(−1/max(d, 2p)) up to logarithms, so a floor belongs to its `size`
/// (Fournier & Guillin, Probab. Theory Relat. Fields 162, 2015).
/// Each pair is two disjoint sets of the target's points, drawn without replacement, with their weights.
/// @throws std::invalid_argument when 2·size points with mass are not there, or repeats < 1; NotProven as
/// `wasserstein`. Time: `repeats` solves of size × size points.
SampleFloor sample_floor(const DiscreteMeasure& target, const SampleFloorOptions& options);

/// The same with fresh samples of a known law (its `n` and `seed` are not used); `size` ≥ 1 has to be given.
SampleFloor sample_floor(const SampleOptions& law, const SampleFloorOptions& options);

}  // namespace brenier
