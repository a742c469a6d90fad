#pragma once

#include <memory>

#include "engines/engine.hpp"

namespace brenier::engines {

/// Shortest augmenting paths on all n·m pairs, for problems whose table of costs lies in cache: minibatches.
///
/// Meant for equal masses, where every path ships all that its source has. It sees nothing that is small next to 2⁻⁵³
/// of the largest cost: where the shipments are not tight to 10⁻¹³ of what they cost, another engine solves the
/// problem.
class AssignmentEngine : public Engine {
 public:
  /// @param finer for problems that need more digits.
  explicit AssignmentEngine(std::unique_ptr<Engine> finer);

  double memory_estimate(Index sources, Index targets, Index dimension) const override;

  EngineResult solve(Problem problem, RunControl& control, SolveStats& stats) const override;

 private:
  std::unique_ptr<Engine> finer_;
};

}  // namespace brenier::engines
