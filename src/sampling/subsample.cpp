#include <stdexcept>

#include "brenier/sampling.hpp"
#include "numeric/message.hpp"
#include "sampling/draw_rows.hpp"

namespace brenier {

DiscreteMeasure subsample(const DiscreteMeasure& cloud, Index n, std::uint64_t seed, std::uint64_t repeat) {
  const Index available = (cloud.weights().array() > 0.0).count();
  if (n < 1 || n > available) {
    throw std::invalid_argument(
        message("subsample: n is ", n, ", expected 1 to ", available, ", the points that carry mass"));
  }
  const std::uint64_t own_seed = sampling::numbered_random(seed, repeat).bits();
  return sampling::select_points(cloud, sampling::draw_rows(cloud.weights(), n, own_seed));
}

}  // namespace brenier
