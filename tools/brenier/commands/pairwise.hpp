#pragma once

#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/solve.hpp"
#include "options/arguments.hpp"
#include "runs/pairwise_run.hpp"

namespace brenier::cli {

/// Solvers in other processes that may take part in `pairwise`.
class PairCrew {
 public:
  virtual ~PairCrew() = default;

  /// Adds what a user can ask of the crew.
  virtual void declare(Arguments& arguments) = 0;

  /// Processes on this machine that solve pairs, this one included: they share its memory.
  virtual int solvers_here() const = 0;

  /// Begins to take pairs of the run, until `leave`; what is given must live until then.
  /// @param options of each solve; `memory` is what all solves on a machine may take together, 0 for the default.
  virtual void join(PairwiseRun& run, const std::vector<DiscreteMeasure>& clouds, const SolveOptions& options) = 0;

  /// Ends that: when it returns, nobody uses what was given to `join`.
  virtual void leave() = 0;
};

/// The command `pairwise`: reads the clouds, solves the pairs, writes the matrix.
/// @param program what was called, for the help.
/// @param crew helps to solve; null where only the threads of this process do.
int pairwise(const std::string& program, const std::vector<std::string>& words, PairCrew* crew);

}  // namespace brenier::cli
