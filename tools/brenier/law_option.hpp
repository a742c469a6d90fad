#pragma once

#include <string>

#include "brenier/sampling.hpp"

namespace brenier::cli {

/// Reads a law as KIND[:NAME=VALUE,...], e.g. "ring:modes=6,std=0.2". Names are modes, radius, std and dim.
/// @throws UsageError naming the part that is wrong.
SampleOptions parse_law(const std::string& typed);

}  // namespace brenier::cli
