#pragma once

#include "engines/engine.hpp"

namespace brenier::engines {

/// Solves a problem site by site, where its points fall apart into sites that are far from each other and need nothing
/// of each other; otherwise as a whole.
///
/// Let sites have diameters of at most d, gaps of at least g between them, and each as much supply as demand. Mass that
/// leaves a site along a cycle of sites comes back: k ways between sites cost k·½g² at least, and to turn them round,
/// each site to itself, k·½d² at most (p = 1: k·g and k·d). So for g ≥ d no optimal plan crosses a gap, and for g ≫ d
/// any potentials of the sites that are small next to g² fit together as they are. Solved as one, the potentials of a
/// site would stand on a level of size g², and lose the digits that tell its own points apart. A far point that both
/// clouds have, a value for "no data", two towns a thousand kilometres apart: each is solved as if it were alone.
///
/// Gaps are looked for along the coordinates, those of 16 diameters and more, in a few passes over the points; and
/// again within each site.
EngineResult solve_by_sites(const Engine& engine, Problem problem, RunControl& control, SolveStats& stats);

}  // namespace brenier::engines
