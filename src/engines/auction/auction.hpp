#pragma once

#include <vector>

#include "control/run_control.hpp"
#include "problem/ordered_cloud.hpp"
#include "search/matrix/matrix_view.hpp"
#include "simplex/flow.hpp"

namespace brenier::engines::auction {

/// What an auction leaves: nearly optimal, and a good start for the simplex.
struct AuctionResult {
  std::vector<simplex::Flow> plan;  ///< Feasible, sorted by source.
  Vector psi;                       ///< One entry a target: minus its price.
};

/// The transportation problem as an auction (Bertsekas & Castañon 1989) on the rounded costs of all pairs: for high
/// dimension, where coarser levels predict little.
///
/// A source with mass left bids for its cheapest target, where "cheap" is c(x, y) − ψ(y): it offers to lower ψ there
/// until the target is dearer by ε than the second cheapest, for as much mass as it has and the target takes. A target
/// keeps the best bids up to its demand; once it is full, minus ψ is its worst bid. Mass that is outbid bids again.
/// ε falls by phases; each starts without bids, from the ψ of the one before. At the end the plan is within
/// ε · (total mass) of the optimum, or the auction was cut short and what it left is handed out by the north-west
/// corner: it is a start, not an answer.
///
/// Bids are made in batches, with the same ψ for all of a batch, and taken in order: the result does not
/// depend on the number of threads, nor, since what a choice compares is exact, on the processor.
/// Time: four to ten bids a source and phase where masses are equal, of which few take a look at all targets
/// (remembered_targets.hpp), O(m) when rows are kept in the table. Other masses fall into ever smaller lots: then a
/// phase is cut short.
/// @param table has costs; sources are its rows.  @param scale mean cost, which ε is measured by.
AuctionResult hold_auction(int order, const OrderedCloud& sources, const OrderedCloud& targets,
                           const search::MatrixView& table, double scale, RunControl& control);

}  // namespace brenier::engines::auction
