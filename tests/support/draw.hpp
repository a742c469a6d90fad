#pragma once

#include "brenier/sampling.hpp"

namespace brenier::test {

/// n points of a law with its default options, in two dimensions.
inline DiscreteMeasure draw(const char* kind, Index n, std::uint64_t seed) {
  SampleOptions options;
  options.kind = kind;
  options.n = n;
  options.seed = seed;
  return sample(options);
}

}  // namespace brenier::test
