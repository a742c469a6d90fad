#pragma once

#include "brenier/start.hpp"
#include "brenier/types.hpp"

namespace brenier {

/// @throws std::invalid_argument for a start that does not fit a problem with so many sources and targets.
void check_start(const Start& start, Index sources, Index targets);

}  // namespace brenier
