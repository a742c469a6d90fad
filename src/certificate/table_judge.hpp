#pragma once

#include "brenier/certificate.hpp"
#include "brenier/types.hpp"
#include "certificate/exact_weights.hpp"
#include "problem/balanced_weights.hpp"

namespace brenier::table {

/// The canonical pair that a potential ψ₀ on the columns leads to, as `brenier::canonical_potentials` for clouds.
/// ψ₀ = −∞ is no opinion; one entry at least is finite. Points without mass all of whose pairs are forbidden have
/// potential zero. Four passes over the table.
Potentials canonical_potentials(const CostMatrix& costs, const Vector& psi, const BalancedWeights& weights,
                                int threads);

/// The certificate of a plan (with valid indices) and of potentials for a table. One or two passes over it, two more
/// where the potentials have too few digits; knows nothing of where plan and potentials come from.
///
/// Costs are what they are, without rounding: the rule of `Certificate` has no second term, and its P⁺ is Σ πᵢⱼ|cᵢⱼ|.
/// A plan with mass on a forbidden pair costs infinitely much and proves nothing.
/// @param exact the weights without the rounding of their normalisation.
Certificate judge(const CostMatrix& costs, const BalancedWeights& weights, const ExactWeights& exact,
                  const TransportPlan& plan, const Potentials& potentials, int threads);

}  // namespace brenier::table
