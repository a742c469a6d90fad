#pragma once

#include "engines/engine.hpp"

namespace brenier::engines {

/// Solves a problem site by site, where its points fall apart into sites that are far from each other and need nothing
/// of each other; otherwise as a whole.
///
/// Two sites A, B with a gap g between them, each with as much supply as demand: mass that went from A to B would have
/// to come back elsewhere, and to turn both ways round, A to A and B to B, costs at most ½d_A² + ½d_B² instead of g²
/// (p = 1: d_A + d_B instead of 2g), where d is the diameter. So for g ≥ d no optimal plan crosses the gap, and for
/// g ≫ d any potentials of A and B that are small next to g² fit together as they are.
/// Solved as one, the potentials of a site would stand on a level of size g², and lose the digits that tell its own
/// points apart. A far point that both clouds have, a value for "no data", two towns a thousand kilometres apart: each
/// is solved as if it were alone.
///
/// A gap that is worth it, 16 diameters, takes up the middle of the range of some coordinate: finding the sites takes a
/// few passes over the points. Sites are looked for within sites.
EngineResult solve_by_sites(const Engine& engine, Problem problem, RunControl& control, SolveStats& stats);

}  // namespace brenier::engines
