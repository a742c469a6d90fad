#pragma once

#include <optional>

#include "brenier/discrete_measure.hpp"
#include "brenier/gaussian_moments.hpp"
#include "brenier/solve.hpp"

namespace brenier {

/// Figures of a learned map T̂ on a sample X of P, row i of `mapped` being T̂(xᵢ). Means are taken with the source's
/// weights, scaled to mass 1. Functions that need the exact map T* take its values likewise; `displace` reads them from
/// an optimal plan.

/// L2-UVP = 100 · mean|T̂(X) − T*(X)|² / Var(Q), in percent: 0 for the exact map, 100 for the constant map to the mean
/// of Q. (Korotin et al. 2021, arXiv 2106.01954, section 4: "unexplained variance percentage".)
/// @param target_variance Var(Q) > 0, see `variance`.
/// @throws std::invalid_argument for shapes that do not match, coordinates that are not finite, Var(Q) = 0. O(n·d).
double l2_uvp(const DiscreteMeasure& source, const Points& mapped, const Points& exact, double target_variance);

/// cos = mean⟨T̂ − x, T* − x⟩ / √(mean|T̂ − x|² · mean|T* − x|²), one ratio for the whole sample, from −1 to 1: the
/// cosine of the angle in L²(P) between the learned and the exact displacement (Korotin et al. 2021, arXiv 2106.01954).
/// @returns nothing where one of the maps moves no mass.
/// @throws std::invalid_argument as above. O(n·d).
std::optional<double> displacement_cosine(const DiscreteMeasure& source, const Points& mapped, const Points& exact);

/// BW2-UVP = 100 · ½BW₂²(T̂#P, Q) / (½Var(Q)), in percent, the ½ of the ground cost in both: BW₂² is the
/// `frechet_distance`, without ½. 100 for the constant map to the mean of Q; needs no exact map. (Korotin et al. 2021,
/// arXiv 2102.01752, who write the ½ of the numerator into their BW₂².)
/// @throws std::invalid_argument for different dimensions, or Var(Q) = 0.
double bw2_uvp(const GaussianMoments& mapped, const GaussianMoments& target);

/// Monge gap = mean c_p(x, T̂(x)) − T_p(P, T̂#P) ≥ 0 with c_p = |x − y|ᵖ/p: zero exactly when T̂ is an optimal map onto
/// its own image; needs neither the target nor the exact map. Units: length for p = 1, length² for p = 2. (Uscidda &
/// Cuturi 2023, arXiv 2302.04953.)
struct MongeGap {
  double mean_cost = 0.0;       ///< mean c_p(x, T̂(x)).
  double transport_cost = 0.0;  ///< T_p(P, T̂#P), exact.

  /// Their difference; below zero by rounding counts as zero.
  double value() const { return mean_cost > transport_cost ? mean_cost - transport_cost : 0.0; }
};

/// @throws std::invalid_argument for shapes that do not match, NotProven as `wasserstein`. One solve of n × n points.
MongeGap monge_gap(const DiscreteMeasure& source, const Points& mapped, const SolveOptions& options = {});

}  // namespace brenier
