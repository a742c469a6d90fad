#pragma once

#include "engines/engine.hpp"

namespace brenier::engines {

/// LEMON's network simplex on all n·m arcs: the reference for problems whose arcs fit into memory.
///
/// Costs reduced by the row minima, c − φ − ψ ≥ 0 with ψ = 0 and φ = ψᶜ, are scaled by a power of two and rounded to
/// 64-bit integers: sums of integers are exact, so the simplex cannot cycle on rounding.
/// LEMON prices artificial arcs with 2⁶²; potentials on a tree of the graph stay within min(n, m) costs of zero or of
/// that price, hence costs below 2⁶²/(2·min(n, m) + 2) cannot overflow, and all the bits that this leaves are used: at
/// n = m = 1000 a cost is off by at most 2⁻⁵¹ of the range.
/// Where a far point of little mass makes the range so long that this is too coarse, the simplex runs again on costs
/// reduced by the potentials that it found. Those are now tiny wherever mass flows; large ones are cut off, the range
/// is short, and the unit 2³⁰ times finer; and so on until the unit is small next to what the plan costs. Memory about
/// 61 bytes an arc.
class LemonEngine : public Engine {
 public:
  double memory_estimate(Index sources, Index targets, Index dimension) const override;

  /// @throws std::length_error when n·m or n + m is more than LEMON's `int` can number.
  EngineResult solve(Problem problem, RunControl& control, SolveStats& stats) const override;
};

}  // namespace brenier::engines
