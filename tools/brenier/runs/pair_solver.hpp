#pragma once

#include <string>

#include "brenier/solve.hpp"

namespace brenier::cli {

/// What came of a pair.
struct PairOutcome {
  enum class Kind {
    proven,   ///< `distance` is W_p, certified over all pairs of points.
    failed,   ///< It could not be solved; `reason` says why. Another try would end in the same way.
    stopped,  ///< The monitor wanted to stop before it was done.
    refused,  ///< The clouds cannot be compared; `reason` says why.
  };
  Kind kind = Kind::stopped;
  double distance = 0.0;
  std::string reason;
};

/// W_p between two clouds as `solve` finds it, on one thread. Throws nothing but for our own bugs.
PairOutcome solve_pair(const DiscreteMeasure& first, const DiscreteMeasure& second, SolveOptions options);

}  // namespace brenier::cli
