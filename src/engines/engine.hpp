#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "brenier/solve_stats.hpp"
#include "control/run_control.hpp"
#include "problem/shipment.hpp"
#include "search/matrix/matrix_view.hpp"

namespace brenier::engines {

/// What an engine is given: a balanced transportation problem in a good frame.
///
/// Every mass is positive, the sums agree. Coordinates are scaled by a power of two so that none exceeds 2: an engine
/// need not care about units or points without mass. But scales may be mixed within a cloud, so no engine may measure
/// near points by the distance of far ones.
struct Problem {
  int order = 2;
  double cost_scale = 0.0;           ///< Mean cost that differences of costs are to be measured by, ≥ 0.
  Points sources;                    ///< n×d.
  Points targets;                    ///< m×d.
  std::vector<std::int64_t> supply;  ///< n entries, > 0.
  std::vector<std::int64_t> demand;  ///< m entries, > 0, same sum as supply, which is at most 2⁶².

  std::vector<Shipment> start_plan;  ///< A plan to start from, feasible or not; empty: none.
  Vector start_psi;                  ///< A potential on the targets to start from; empty: none.

  /// Rounded costs of all pairs where the dimension is high, of which others may know too; sources are its rows.
  search::MatrixView table;

  /// A proven lower bound of T_p, in the units of the input, from potentials φ, ψ of this problem that violate
  /// φ + ψ ≤ c nowhere but by the rounding of c − ψ. Empty: nobody wants to know.
  std::function<double(const Vector& phi, const Vector& psi)> prove;
};

/// What an engine gives back. It is never trusted: the certificate is computed from it elsewhere.
struct EngineResult {
  std::vector<Shipment> shipments;  ///< A feasible plan, also when stopped early; in any order, without zeros.
  Vector psi;                       ///< Potential on the targets; φ follows by c-transform.
  bool finished = false;            ///< False when the control asked to stop before the optimum.
};

/// A way to solve a transportation problem. The only thing that `solve` knows of an algorithm.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Bytes that `solve` will need at most, to be refused by name instead of killed.
  virtual double memory_estimate(Index sources, Index targets, Index dimension) const = 0;

  /// The problem is the engine's own: it may drop what it has read.
  virtual EngineResult solve(Problem problem, RunControl& control, SolveStats& stats) const = 0;
};

}  // namespace brenier::engines
