#pragma once

#include <optional>

#include "brenier/discrete_measure.hpp"
#include "brenier/potentials.hpp"
#include "brenier/solve.hpp"

namespace brenier {

/// What learned potentials are worth, in the units of the cost c_p = |x − y|ᵖ/p (length, or length²) for clouds of mass
/// 1.
///
/// A pair (φ, ψ) proves the bound Σ aᵢφᵢ + Σ bⱼψⱼ ≤ T_p only where φ + ψ ≤ c on every pair, which a network does not
/// guarantee. Its c-transform does: (ψᶜ, ψ) and (φ, φᶜ) are feasible whatever they come from, and one more transform
/// only improves them. So the learned functions are judged by the dual values of (ψᶜ, ψᶜᶜ) and (φᶜᶜ, φᶜ), with minima
/// over all points of the other cloud: no value exceeds T_p, and T_p is reached exactly by optimal potentials.
/// (Kantorovich duality: Villani 2009, Theorem 5.10; the dual value as a measure of trained potentials: Korotin et al.
/// 2021, arXiv 2106.01954.)
struct PotentialQuality {
  std::optional<double> given_value;      ///< Σ aᵢφᵢ + Σ bⱼψⱼ as given: a bound only without violation.
  std::optional<double> worst_violation;  ///< max over all pairs of φᵢ + ψⱼ − cᵢⱼ; ≤ 0 for a feasible pair.
  std::optional<double> value_of_phi;     ///< Dual value of (φᶜᶜ, φᶜ).
  std::optional<double> value_of_psi;     ///< Dual value of (ψᶜ, ψᶜᶜ).
  double transport_cost = 0.0;            ///< T_p, exact.

  /// The best dual value that what was given leads to.
  double best_value() const;

  /// T_p − best_value(): how far the potentials are from optimal; ≥ 0 up to rounding.
  double shortfall() const { return transport_cost - best_value(); }

  /// 100 · shortfall / T_p in percent; empty where T_p is zero.
  std::optional<double> relative_shortfall() const;
};

/// Judges φ (one entry a source), ψ (one entry a target), or both: an empty one was not given, a pair is judged only
/// where both were. The clouds are scaled to mass 1.
/// @throws std::invalid_argument when neither is given, one has the wrong size or entries that are not finite;
/// NotProven as `wasserstein`. One solve and up to five searches over all pairs.
PotentialQuality potential_quality(const DiscreteMeasure& source, const DiscreteMeasure& target,
                                   const Potentials& potentials, const SolveOptions& options = {});

/// The same where T_p is known already, for clouds of mass 1.
PotentialQuality potential_quality(const DiscreteMeasure& source, const DiscreteMeasure& target,
                                   const Potentials& potentials, int order, double transport_cost, int threads = 0);

}  // namespace brenier
