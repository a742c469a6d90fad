#pragma once

#include <cstdint>

namespace brenier::simplex {

/// Node of the bipartite graph: source i is node i, target j is node n + j.
using Node = std::int32_t;

constexpr Node none = -1;

}  // namespace brenier::simplex
