#pragma once

#include <functional>

#include "brenier/potentials.hpp"
#include "problem/balanced_weights.hpp"
#include "problem/frame.hpp"
#include "search/cloud_transforms.hpp"

namespace brenier {

/// The c-transform of a potential on one side, as a potential on the other.
using Transform = std::function<Vector(const Vector&)>;

/// The canonical pair that a potential ψ₀ on the targets leads to, both halves of the dual value equal.
///
/// φ = ψ₀ᶜ over all targets, then ψ = φᶜ over all sources give ψ ≥ ψ₀ and φ = ψᶜ as well, at every point: no pair
/// violates φ + ψ ≤ c, and the dual value is at least that of ψ₀. ψ is then shifted to make Σ aᵢφᵢ = Σ bⱼψⱼ, and φ = ψᶜ
/// taken last, so that rounding in the shift violates nothing. A target without an opinion has ψ₀ = −∞; one entry at
/// least is finite. Three global searches.
/// @param to_sources takes ψ to ψᶜ at every source.  @param to_targets takes φ to φᶜ at every target.
Potentials canonical_potentials(const Vector& psi, const BalancedWeights& weights, const Transform& to_sources,
                                const Transform& to_targets);

/// The same for the points of a frame.
Potentials canonical_potentials(const Frame& frame, const Vector& psi, const BalancedWeights& weights,
                                CloudTransforms& transforms);

}  // namespace brenier
