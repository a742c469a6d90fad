#pragma once

#include <vector>

#include "brenier/types.hpp"
#include "control/run_control.hpp"
#include "simplex/candidate_arcs.hpp"

namespace brenier::engines::auction {

/// A perfect matching along candidate arcs, by auction (Bertsekas 1988), where there are as many targets as sources and
/// all have the same mass.
///
/// A source without a target bids for the one of smallest c − ψ among its candidates: it lowers ψ there until the
/// target is dearer by ε than the second best, and whoever held it has to bid again. ε falls by phases from far above
/// to below `spread`, the typical reduced cost of a candidate; each phase starts from the ψ of the one before. At the
/// end no candidate's reduced cost is below −ε for the last ε.
///
/// Time: two to four bids a source and phase where the potentials err only locally. Where mass has to move across the
/// cloud, step by step of ε, an auction is no good, and is ended.
/// @param psi start of the prices (negated), one entry a target; on success the final ones, otherwise unchanged.
/// @param partner on success the target (0, …, m − 1) of each source.
/// @return false when a phase took too many bids, or on a stop.
bool match_by_auction(const simplex::CandidateArcs& arcs, simplex::Node sources, double spread, Vector& psi,
                      std::vector<simplex::Node>& partner, RunControl& control);

}  // namespace brenier::engines::auction
