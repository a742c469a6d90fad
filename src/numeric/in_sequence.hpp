#pragma once

#include <numeric>
#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// 0, 1, …, count − 1.
inline std::vector<Index> in_sequence(Index count) {
  std::vector<Index> sequence(static_cast<std::size_t>(count));
  std::iota(sequence.begin(), sequence.end(), Index{0});
  return sequence;
}

}  // namespace brenier
