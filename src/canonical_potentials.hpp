#pragma once

#include "balanced_weights.hpp"
#include "brenier/potentials.hpp"

namespace brenier {

/// The canonical pair that a potential on the targets leads to: φ = ψ₀ᶜ over all targets, then ψ = φᶜ over all sources.
///
/// Then ψ ≥ ψ₀ and φ = ψᶜ as well, both at every point; no pair violates φ + ψ ≤ c, and the dual value is at least that
/// of ψ₀. A target without an opinion has ψ₀ = −∞; one entry at least is finite. Two global searches.
Potentials canonical_potentials(int order, const Points& sources, const Points& targets, const Vector& psi,
                                int threads);

/// Adds a constant to φ and takes it from ψ such that Σ aᵢφᵢ = Σ bⱼψⱼ.
void share_equally(Potentials& potentials, const BalancedWeights& weights);

}  // namespace brenier
