#include "brenier/sample_floor.hpp"

#include <functional>
#include <stdexcept>
#include <utility>

#include "brenier/spread.hpp"
#include "brenier/wasserstein.hpp"
#include "numeric/message.hpp"
#include "sampling/draw_rows.hpp"

namespace brenier {
namespace {

using Pair = std::pair<DiscreteMeasure, DiscreteMeasure>;

/// @param draw makes a pair with the generator of its own.
SampleFloor measure(const SampleFloorOptions& options, Index size, const std::function<Pair(sampling::Random&)>& draw) {
  if (options.repeats < 1) {
    throw std::invalid_argument(message("floor: repeats is ", options.repeats, ", expected 1 or more"));
  }
  SolveOptions solving = options.solve;
  solving.normalize = true;  // Each is a sample of a law.
  SampleFloor floor;
  floor.size = size;
  for (Index k = 0; k < options.repeats; ++k) {
    sampling::Random random = sampling::numbered_random(options.seed, static_cast<std::uint64_t>(k));
    const Pair pair = draw(random);
    floor.values.push_back(wasserstein(pair.first, pair.second, solving));
  }
  const Spread spread = spread_of(floor.values);
  floor.mean = spread.mean;
  floor.standard_deviation = spread.standard_deviation;
  return floor;
}

}  // namespace

SampleFloor sample_floor(const DiscreteMeasure& target, const SampleFloorOptions& options) {
  const Index available = (target.weights().array() > 0.0).count();
  const Index size = options.size == 0 ? available / 2 : options.size;
  if (size < 1 || size > available / 2) {
    throw std::invalid_argument(message("floor: two samples of ", size, " points each are not to be had from ",
                                        available, " points with mass, expected a size from 1 to ", available / 2));
  }
  return measure(options, size, [&](sampling::Random& random) {
    const std::vector<Index> rows = sampling::draw_rows(target.weights(), 2 * size, random.bits());
    const auto middle = rows.begin() + size;
    return Pair(sampling::select_points(target, {rows.begin(), middle}),
                sampling::select_points(target, {middle, rows.end()}));
  });
}

SampleFloor sample_floor(const SampleOptions& law, const SampleFloorOptions& options) {
  if (options.size < 1) {
    throw std::invalid_argument(message("floor: size is ", options.size, ", expected 1 or more for samples of a law"));
  }
  return measure(options, options.size, [&](sampling::Random& random) {
    SampleOptions drawn = law;
    drawn.n = options.size;
    drawn.seed = random.bits();
    DiscreteMeasure first = sample(drawn);
    drawn.seed = random.bits();
    return Pair(std::move(first), sample(drawn));
  });
}

}  // namespace brenier
