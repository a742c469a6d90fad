#pragma once

#include <cstdint>
#include <string>

namespace brenier {

/// What the solve did, for tables and bug reports. Nothing here is needed to trust the answer.
struct SolveStats {
  std::string engine;       ///< Engine that ran; "auction" where one began what the simplex then finished.
  std::string search;       ///< How the multiscale engine searched all pairs: "tree" or "matrix"; empty for others.
  int threads = 0;          ///< Threads that were used.
  int levels = 0;           ///< Levels of the multiscale engine's hierarchy.
  int rounds = 0;           ///< Its rounds of global search, over all levels.
  std::int64_t pivots = 0;  ///< Its pivots of the network simplex, over all levels.
  double seconds = 0.0;     ///< Wall-clock time, certificate included.
};

}  // namespace brenier
