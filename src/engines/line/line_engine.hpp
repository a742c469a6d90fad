#pragma once

#include "engines/engine.hpp"

namespace brenier::engines {

/// The closed form for d = 1: sort both clouds and match their quantiles, optimal for every convex cost of y − x.
///
/// The plan is the north-west corner of the sorted problem. Its cells, with one more cell wherever a source and a
/// target are used up at once, form a staircase from corner to corner; potentials with φ + ψ = c on all of the
/// staircase are feasible everywhere because c has the Monge property: c(x, y) + c(x′, y′) ≤ c(x, y′) + c(x′, y) for x
/// ≤ x′, y ≤ y′. O((n + m) log(n + m)) time, O(n + m) memory. Cannot be interrupted: it takes no longer than reading
/// its input.
class LineEngine : public Engine {
 public:
  double memory_estimate(Index sources, Index targets, Index dimension) const override;
  EngineResult solve(Problem problem, RunControl& control, SolveStats& stats) const override;
};

}  // namespace brenier::engines
