#include "datasets.hpp"

#include <algorithm>
#include <vector>

#include "brenier/metrics.hpp"

namespace brenier::trainer {
namespace {

/// For n uniform numbers the points whose piece of [0, 1) they fall into, each piece as long as the point's mass.
Points draw_by_mass(const DiscreteMeasure& cloud, Index n, std::uint64_t seed) {
  std::vector<double> ends;
  double sum = 0.0;
  for (Index i = 0; i < cloud.size(); ++i) ends.push_back(sum += cloud.weights()[i]);
  SampleOptions law;
  law.kind = "uniform";
  law.n = n;
  law.dimension = 1;
  law.seed = seed;
  const Points numbers = sample(law).points();
  Points points(n, cloud.dimension());
  for (Index i = 0; i < n; ++i) {
    // The first end beyond the number: a point without mass ends where it begins, and is never taken.
    const auto end = std::upper_bound(ends.begin(), ends.end() - 1, numbers(i, 0) * sum);
    points.row(i) = cloud.points().row(end - ends.begin());
  }
  return points;
}

}  // namespace

Dataset::Dataset(DiscreteMeasure cloud) : from_(std::move(cloud)) {
  const Vector& weights = std::get<DiscreteMeasure>(from_).weights();
  equal_masses_ = (weights.array() == weights[0]).all();
}

Index Dataset::dimension() const {
  return cloud() != nullptr ? cloud()->dimension() : std::get<SampleOptions>(from_).dimension;
}

Points Dataset::draw(Index n, std::uint64_t seed) const {
  if (cloud() != nullptr) {
    return equal_masses_ && n <= cloud()->size() ? subsample(*cloud(), n, seed).points()
                                                 : draw_by_mass(*cloud(), n, seed);
  }
  SampleOptions law = std::get<SampleOptions>(from_);
  law.n = n;
  law.seed = seed;
  return sample(law).points();
}

std::optional<double> Dataset::floor(int order, Index n, Index repeats, std::uint64_t seed, int threads) const {
  SampleFloorOptions options;
  options.size = n;
  options.repeats = repeats;
  options.seed = seed;
  options.solve.order = order;
  options.solve.threads = threads;
  if (cloud() == nullptr) return sample_floor(std::get<SampleOptions>(from_), options).mean;
  if (cloud()->size() < 2 * n) return std::nullopt;
  return sample_floor(*cloud(), options).mean;
}

}  // namespace brenier::trainer
