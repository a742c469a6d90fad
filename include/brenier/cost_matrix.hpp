#pragma once

#include <limits>

#include "brenier/certificate.hpp"
#include "brenier/monitor.hpp"
#include "brenier/potentials.hpp"
#include "brenier/solve_stats.hpp"
#include "brenier/start.hpp"
#include "brenier/termination.hpp"
#include "brenier/transport_plan.hpp"
#include "brenier/types.hpp"

namespace brenier {

/// What a solve on a table of costs is asked to do.
struct CostMatrixOptions {
  bool normalize = false;  ///< Scale both sides to mass 1; otherwise their masses must agree.
  int threads = 0;         ///< 0 takes every core. Results do not depend on it.
  double time_limit = std::numeric_limits<double>::infinity();  ///< Seconds; > 0.

  Start start;  ///< Where to start from; a plan may use forbidden pairs.

  Monitor* monitor = nullptr;  ///< Progress and cancellation; not owned, may be null.
};

/// Throws std::invalid_argument for a negative number of threads or a time limit that is not positive.
void validate(const CostMatrixOptions& options);

/// The answer for a table of costs.
struct CostMatrixSolution {
  double cost = 0.0;  ///< Σ πᵢⱼ cᵢⱼ of the plan: the optimum when `termination.reason` is optimal.
  TransportPlan plan;
  Potentials potentials;  ///< φᵢ = minⱼ cᵢⱼ − ψⱼ and ψⱼ = minᵢ cᵢⱼ − φᵢ for all rows and columns, Σ aᵢφᵢ = Σ bⱼψⱼ.
  Certificate certificate;
  Termination termination;
  SolveStats stats;
};

/// Solves min { Σ πᵢⱼ cᵢⱼ : π ≥ 0, Σⱼ πᵢⱼ = aᵢ, Σᵢ πᵢⱼ = bⱼ } exactly, for costs of any kind, and certifies the answer
/// over all n·m pairs.
///
/// Where the costs are |x − y| or ½|x − y|² of points, `solve` needs no table and is faster. Costs keep all their
/// digits: the network simplex works on doubles, candidates first (Gottschlich & Schuhmacher 2014: the cheapest few of
/// each row), then whatever pair of the table violates φ + ψ ≤ c beyond the rounding of its own numbers: a big number
/// for a pair that should not be used costs the others no digits, but +∞ says what is meant. Masses are rounded as by
/// `solve`.
/// @throws std::invalid_argument for an empty table, a cost that is not a number or −∞ (row and column named), a table
/// that allows no plan (with sources whose mass is more than that of all targets they may reach), weights that do not
/// fit the table or are negative, not finite or all zero, masses that differ (unless `normalize`), a time limit that is
/// not positive, a start that does not fit. Memory beside the table: a third of it, and a copy of it where some weights
/// are zero, where costs are near the ends of the doubles, and where pairs are forbidden and no plan is found at once.
CostMatrixSolution solve_cost_matrix(const CostMatrix& costs, const Vector& a, const Vector& b,
                                     const CostMatrixOptions& options = {});

/// Judges a plan and potentials for a table of costs, wherever they come from.
///
/// The figures are those of `Certificate`, with these differences: costs are exact, so the plan is optimal when
/// P⁺ − D⁻ ≤ 1e-12 · Σ πᵢⱼ|cᵢⱼ|; `distance` and its bounds are the costs themselves; `cost_scale` is what it costs at
/// least, in absolute values, to bring one whole side to a single point of the other, max(minⱼ Σᵢ aᵢ|cᵢⱼ|,
/// minᵢ Σⱼ bⱼ|cᵢⱼ|) over points with mass and allowed pairs. Where pairs are forbidden, weights that do not quite let
/// every group of points have as much supply as demand are taken as if they did.
/// @throws std::invalid_argument as `solve_cost_matrix`, and for a plan or potentials that do not fit the table.
/// O(n·m).
Certificate certify_cost_matrix(const CostMatrix& costs, const Vector& a, const Vector& b, const TransportPlan& plan,
                                const Potentials& potentials, bool normalize = false, int threads = 0);

}  // namespace brenier
