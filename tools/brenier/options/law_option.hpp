#pragma once

#include <string>

#include "brenier/sampling.hpp"

namespace brenier::cli {

/// Reads a law as KIND[:NAME=VALUE,...], e.g. "ring:modes=6,std=0.2". Names are modes, radius, std, dim and
/// stratified (yes or no).
/// @throws UsageError naming the part that is wrong.
/// @param option the option that it is the value of, e.g. "--law".
SampleOptions parse_law(const std::string& option, const std::string& typed);

}  // namespace brenier::cli
