#pragma once

#include "engines/engine.hpp"

namespace brenier::engines {

/// LEMON's network simplex on all n·m arcs: the reference for problems whose arcs fit into memory.
///
/// Costs are first reduced by a feasible pair of potentials, c − φ − ψ ≥ 0, which shortens their range, then scaled by
/// a power of two and rounded to 64-bit integers: reduced costs are then exact, so that the simplex cannot cycle on
/// rounding. LEMON prices artificial arcs with 2⁶²; potentials on a tree of the graph stay within min(n, m) costs of 0
/// or of that price, hence costs below 2⁶²/(2·min(n, m) + 2) cannot overflow. Each uses all the bits that this leaves:
/// a cost is off by at most 2⁻⁵¹ of the range at n = m = 1000. Memory about 61 bytes an arc.
class LemonEngine : public Engine {
 public:
  double memory_estimate(Index sources, Index targets, Index dimension) const override;

  /// @throws std::length_error when n·m or n + m is more than LEMON's `int` can number.
  EngineResult solve(const Problem& problem, RunControl& control, SolveStats& stats) const override;
};

}  // namespace brenier::engines
