#pragma once

#include "engines/engine.hpp"

namespace brenier::engines::multiscale {

/// The multiscale network simplex: exact, memory linear in n + m.
///
/// Both clouds are put in kd order. A coarse problem between cluster centres is solved exactly; its plan and potentials
/// are prolonged to the next finer level (twice as many clusters) and made optimal there over few promising arcs; a
/// search over all pairs adds the arcs that violate φ + ψ ≤ c, until there are none. On the last level the clusters
/// are the points.
class MultiscaleEngine final : public Engine {
 public:
  double memory_estimate(Index sources, Index targets, Index dimension) const override;
  EngineResult solve(Problem problem, RunControl& control, SolveStats& stats) const override;
};

}  // namespace brenier::engines::multiscale
