#pragma once

#include <string_view>

#include "brenier/types.hpp"

namespace brenier {

/// Where a long computation stands. Fields that a phase does not know are negative.
struct Progress {
  std::string_view phase;     ///< What runs now, e.g. "simplex", "search", "certificate".
  int level = -1;             ///< Level of the hierarchy, 0 the coarsest.
  int levels = -1;            ///< How many there are.
  int round = -1;             ///< Round of global search on this level, from 1.
  Index violators = -1;       ///< Sources that had a violated pair in the last global search.
  double lower_bound = -1.0;  ///< A proven lower bound of T_p, in the units of the input.
};

/// Carries progress out of, and the wish to stop into, every long loop. Called on the thread that called the library.
/// Each solve has its own: a monitor may itself call the library.
class Monitor {
 public:
  virtual ~Monitor() = default;

  /// True as soon as the computation is to stop; asked often, so it has to be cheap and must not throw.
  virtual bool stop_requested() noexcept { return false; }

  /// May throw: the solve is then left at once, without an answer, and the caller gets what was thrown.
  virtual void report(const Progress&) {}
};

}  // namespace brenier
