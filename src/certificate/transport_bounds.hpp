#pragma once

#include <optional>

#include "certificate/exact_problem.hpp"
#include "certificate/plan_flows.hpp"
#include "search/plain/plain_search.hpp"

namespace brenier {

/// u = 2⁻⁵³: a rounded result is right to u of itself.
inline constexpr double unit_roundoff = 0x1p-53;

/// (d + 4)u: a cost made of differences of d given coordinates is right to this part of itself. Each difference is
/// rounded once and its square once more, three factors (1 + δ), |δ| ≤ u, in all; a sum of d squares gives each at most
/// d − 1 more; the root of p = 1 halves what came before and adds one (Higham 2002, section 3.1).
inline double cost_rounding(Index dimension) { return static_cast<double>(dimension + 4) * unit_roundoff; }

/// Proven bounds of the least cost of a plan in the problem that they come from.
struct TransportBounds {
  double upper = 0.0;     ///< P⁺ ≥ T_p.
  double lower = 0.0;     ///< D⁻ ≤ T_p.
  double centred = 0.0;   ///< P⁺ of the centred problem, in which both clouds have one mean; for tables Σ π|c|.
  double rounding = 0.0;  ///< What the error of the costs that the plan uses explains of P⁺ − D⁻.
  BoundedCost fixed;      ///< What every plan costs on top, in the given coordinates.

  /// P⁺ − D⁻, less what `rounding` explains, relative to `centred`; zero where nothing is left.
  double relative_gap() const;
};

/// What a judge knows of a pair of potentials: φᵢ = minⱼ cᵢⱼ − ψⱼ as far as it is known, ψⱼ, and for a pair of the plan
/// an upper bound of cᵢⱼ − φᵢ − ψⱼ, which is zero where the pair is the one that attains φᵢ.
struct JudgedPotentials {
  std::function<DoubleDouble(Index)> phi;
  std::function<DoubleDouble(Index)> psi;
  std::function<double(const PlanEntry&)> slack;
  double share = 0.0;  ///< (1 − share)(φ, ψ) is feasible for the true costs.
};

/// P⁺ from the pairs of a plan, and D⁻ from potentials that are nearly tight on them.
///
/// The flows f of the plan are made anew from the given weights (visit_exact_flows), so what they cost, with each cost
/// taken at the upper end of its rounding, bounds T_p from above. Mass r that the pairs cannot place goes by way of one
/// fixed place. Where the masses in the plan cost more than these flows, P⁺ is what they cost: it is the plan that is
/// judged.
///
/// The dual value is taken from the same flows, whose marginals are the weights less r:
///     Σ Aᵢφᵢ + Σ Bⱼψⱼ = Σ fᵢⱼ cᵢⱼ − Σ fᵢⱼ (cᵢⱼ − φᵢ − ψⱼ) + Σ rᵢφᵢ + Σ rⱼψⱼ.
/// Tight pairs add nothing, not even rounding, however large their potentials are: a far point costs the bound what its
/// own mass and its own rounding do.
/// @param cost(i, j) a BoundedCost; where it is asked for D⁻ its `value` may be the rounded cost of which the
/// potentials' `share` takes care: then `floor_is_value`.
TransportBounds bounds_of(const TransportPlan& plan, const ExactWeights& weights, const JudgedCosts& costs,
                          const std::function<BoundedCost(Index, Index)>& cost, bool floor_is_value,
                          const JudgedPotentials& potentials);

/// Bounds of the frame's problem from a potential ψ and a search in doubles, φ̂ᵢ = minⱼ ĉᵢⱼ − ψⱼ.
///
/// With rounded costs ĉ ≤ c/(1 − γ), γ = (d + 4)u, the pair (1 − γ)(φ', ψ) is feasible for the costs c themselves if
/// φ'ᵢ = minⱼ ĉᵢⱼ − ψⱼ without rounding; φ'ᵢ is within u|φ̂ᵢ| of φ̂ᵢ, which is the slack of pairs other than the one that
/// attains it.
TransportBounds coarse_bounds(const ExactProblem& problem, const ExactWeights& weights, const Frame& frame, int order,
                              const TransportPlan& plan, const Vector& psi, const CTransform& search);

/// D⁻ in the frame from potentials alone, for a solve in progress: T_p ≥ (1 − γ)(Σ Aᵢ(φᵢ − eᵢ) + Σ Bⱼψⱼ), where
/// eᵢ = u|φᵢ| bounds the rounding of minⱼ ĉᵢⱼ − ψⱼ at source i. Sums are those of ExactWeights, less their error.
double lower_bound(const ExactWeights& weights, const Vector& phi, const Vector& psi, Index dimension);

/// Bounds where the mass of one cloud is all in one place: then every plan costs the same, and no search is needed.
/// Empty for other clouds. O((n + m)·d).
std::optional<TransportBounds> bounds_of_one_place(const ExactProblem& problem, const ExactWeights& weights,
                                                   const DiscreteMeasure& source, const DiscreteMeasure& target);

/// All pairs, searched for the `wanted` cheapest targets of each source.
using Search = std::function<void(const Points& targets, const Vector& psi, int wanted, const ShortlistVisit& visit)>;

/// Both bounds without the rounding of the potentials: for clouds that are so close, next to their size, that their
/// costs drown in it.
///
/// Costs are those of `problem`, which has both clouds in one place. ψ is made anew along the pairs of the plan to
/// twice a double's digits, so that φ + ψ = c there, and the trees of the plan are moved against each other to where no
/// pair that a first search finds cheap is violated (plan_potential.hpp); then each source takes the minimum of c − ψ
/// over the few targets that a second search in doubles has found cheapest, to twice the digits as well, and for all
/// others the rounded price of the last of these. ψ is searched with a little above itself, by the square of what
/// moving a target has rounded off and by its own rounding, so that those prices are too small rather than too large.
/// Where the given ψ has lost the digits that tell the trees apart, levels are found from the plan alone, in a few
/// searches more: then the plan proves itself.
/// @param share the rounding of costs in the search.
TransportBounds fine_bounds(const JudgedCosts& problem, const ExactWeights& weights, const TransportPlan& plan,
                            const Vector& psi, double share, const Search& search);

}  // namespace brenier
