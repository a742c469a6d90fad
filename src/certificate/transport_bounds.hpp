#pragma once

#include "certificate/exact_problem.hpp"
#include "certificate/plan_flows.hpp"
#include "certificate/plain_search.hpp"

namespace brenier {

/// u = 2⁻⁵³: a rounded result is right to u of itself.
inline constexpr double unit_roundoff = 0x1p-53;

/// (d + 4)u: a cost made of differences of d given coordinates is right to this part of itself. Each difference is
/// rounded once and its square once more, three factors (1 + δ), |δ| ≤ u, in all; a sum of d squares gives each at most
/// d − 1 more; the root of p = 1 halves what came before and adds one (Higham 2002, section 3.1).
inline double cost_rounding(Index dimension) { return static_cast<double>(dimension + 4) * unit_roundoff; }

/// Proven bounds of the least cost of a plan in the problem that they come from.
struct TransportBounds {
  double upper = 0.0;    ///< P⁺ ≥ T_p.
  double lower = 0.0;    ///< D⁻ ≤ T_p, ≥ 0.
  double centred = 0.0;  ///< P⁺ of the centred problem, in which both clouds have one mean.
  DoubleDouble fixed;    ///< What every plan costs on top, in the given coordinates.

  /// P⁺ − D⁻ relative to P⁺ of the centred problem, zero where nothing is left of either.
  double relative_gap() const;
};

/// P⁺ from the pairs of a plan.
///
/// The flows are made anew from the given weights (visit_exact_flows), so what they cost, with each cost taken at the
/// upper end of its rounding, bounds T_p from above. Mass that the pairs cannot place goes by way of one fixed place.
/// Where the masses in the plan cost more than these flows, P⁺ is what they cost: it is the plan that is judged.
/// @param cost(i, j) a BoundedCost.
template <class CostOf>
double upper_bound(const TransportPlan& plan, const ExactWeights& weights, const ExactProblem& problem,
                   const CostOf& cost) {
  ExactMasses masses(weights);
  std::vector<Int128> supply = masses.supply, demand = masses.demand;
  DoubleDouble flows, given;
  visit_exact_flows(plan, masses, [&](std::size_t k, Int128 units) {
    const PlanEntry& entry = plan.entries[k];
    const BoundedCost bounded = cost(entry.source, entry.target);
    const DoubleDouble c = bounded.value + bounded.error;
    flows += masses.mass_of(units) * c;
    given += c * entry.mass;
  });
  double detour = 0.0;
  for (std::size_t i = 0; i < supply.size(); ++i) {
    const double left = masses.mass_of(masses.supply[i]).hi + masses.missing(supply[i]);
    if (left > 0.0) detour += left * problem.reach_of_source(static_cast<Index>(i));
  }
  for (std::size_t j = 0; j < demand.size(); ++j) {
    const double left = masses.mass_of(masses.demand[j]).hi + masses.missing(demand[j]);
    if (left > 0.0) detour += left * problem.reach_of_target(static_cast<Index>(j));
  }
  const double points = static_cast<double>(supply.size() + demand.size() + 8);
  const double feasible = flows.value() + detour * (1.0 + points * unit_roundoff);
  return std::max(feasible, given.value()) * (1.0 + 4.0 * unit_roundoff);
}

/// D⁻ from a potential ψ on the targets, in the frame.
///
/// With φ'ᵢ = minⱼ ĉᵢⱼ − ψⱼ from rounded costs ĉ ≤ c/(1 − γ), γ = (d + 4)u, the pair (1 − γ)(φ', ψ) is feasible for the
/// costs c themselves. So T_p ≥ (1 − γ)(Σ Aᵢ(φ'ᵢ − eᵢ) + Σ Bⱼψⱼ), where eᵢ = u|φ'ᵢ| bounds the rounding of the
/// subtraction at source i. Sums are those of ExactWeights, less their error.
/// @param phi minⱼ ĉᵢⱼ − ψⱼ as it was rounded.
double lower_bound(const ExactWeights& weights, const Vector& phi, const Vector& psi, Index dimension);

/// Both bounds without the rounding of the potentials: for clouds that are so close, next to their size, that their
/// costs drown in it.
///
/// Costs are those of `problem`, which has both clouds in one place. ψ is made anew along the pairs of the plan to
/// twice a double's digits, so that φ + ψ = c there; then each source takes the minimum of c − ψ over the few targets
/// that a search in doubles has found cheapest, to twice the digits as well, and for all others the rounded price of
/// the last of these. ψ is searched with a little above itself, by the square of what moving a target has rounded off
/// and by its own rounding, so that those prices are too small rather than too large.
/// @param search all pairs.
using Search = std::function<void(const Points& targets, const Vector& psi, int wanted, const ShortlistVisit& visit)>;
TransportBounds fine_bounds(const ExactProblem& problem, const ExactWeights& weights, const TransportPlan& plan,
                            const Vector& psi, Index dimension, const Search& search);

}  // namespace brenier
