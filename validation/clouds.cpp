#include "clouds.hpp"

namespace brenier::validation {

SampleOptions law(const char* kind, Index n, std::uint64_t seed, Index dimension) {
  SampleOptions options;
  options.kind = kind;
  options.n = n;
  options.seed = seed;
  options.dimension = dimension;
  return options;
}

DiscreteMeasure unevenly_weighted(const DiscreteMeasure& cloud) {
  constexpr Index units = 4096;
  const Index n = cloud.size();
  Vector weights = Vector::Ones(n);
  for (Index k = 0; k < units - n; ++k) weights[k * k % n] += 1.0;  // Squares leave most residues out.
  return {cloud.points(), weights / static_cast<double>(units)};
}

}  // namespace brenier::validation
