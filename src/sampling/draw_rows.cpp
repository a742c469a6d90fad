#include "sampling/draw_rows.hpp"

#include <utility>

#include "numeric/rows.hpp"

namespace brenier::sampling {

Random numbered_random(std::uint64_t seed, std::uint64_t k) {
  // The generator mixes its seed; an odd multiple of k keeps the pairs (seed, k) apart.
  return Random(seed + 0x9e3779b97f4a7c15U * (k + 1));
}

std::vector<Index> rows_with_mass(const Vector& weights) {
  std::vector<Index> rows;
  for (Index i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0.0) rows.push_back(i);
  }
  return rows;
}

std::vector<Index> draw_rows(const Vector& weights, Index count, std::uint64_t seed) {
  std::vector<Index> rows = rows_with_mass(weights);
  Random random(seed);
  for (std::size_t k = 0; k < static_cast<std::size_t>(count); ++k) {
    std::swap(rows[k], rows[k + random.below(rows.size() - k)]);
  }
  rows.resize(static_cast<std::size_t>(count));
  return rows;
}

DiscreteMeasure select_points(const DiscreteMeasure& cloud, const std::vector<Index>& rows) {
  return DiscreteMeasure(select_rows(cloud.points(), rows), select_entries(cloud.weights(), rows));
}

}  // namespace brenier::sampling
