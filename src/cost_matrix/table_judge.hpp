#pragma once

#include "balanced_weights.hpp"
#include "brenier/cost_matrix.hpp"

namespace brenier::cost_matrix {

/// The canonical pair that a potential ψ₀ on the columns leads to, as `brenier::canonical_potentials` for clouds.
/// ψ₀ = −∞ is no opinion; one entry at least is finite. Four passes over the table.
Potentials canonical_potentials(const CostMatrix& costs, const Vector& psi, const BalancedWeights& weights,
                                int threads);

/// The certificate of a plan (with valid indices) and of potentials for a table. One or two passes over it; knows
/// nothing of where plan and potentials come from.
Certificate judge(const CostMatrix& costs, const BalancedWeights& weights, const TransportPlan& plan,
                  const Potentials& potentials, int threads);

}  // namespace brenier::cost_matrix
