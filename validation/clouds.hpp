#pragma once

#include <cstdint>

#include "brenier/discrete_measure.hpp"
#include "brenier/sampling.hpp"

namespace brenier::validation {

/// A law's options, to be changed where the case wants other ones.
SampleOptions law(const char* kind, Index n, std::uint64_t seed, Index dimension = 2);

/// The points with weights that are whole multiples of 1/4096, each at least one, very uneven, of sum 1: exact in
/// doubles, also when a plan splits them. At most 4096 points.
DiscreteMeasure unevenly_weighted(const DiscreteMeasure& cloud);

}  // namespace brenier::validation
