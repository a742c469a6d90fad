#pragma once

#include "brenier/discrete_measure.hpp"

namespace brenier {

/// Which covariance of a cloud is meant. They differ by the factor n/(n − 1) where the weights are equal.
enum class Covariance {
  population,  ///< Σ = Σᵢ aᵢ (xᵢ − m)(xᵢ − m)ᵀ with Σ aᵢ = 1: that of the cloud as a measure.
  unbiased,  ///< The same divided by 1 − Σ aᵢ²: the estimate for the law that the cloud was drawn from (`numpy.cov`).
};

/// Mean and covariance: all that a Gaussian has.
///
/// The covariance is kept as a root R with Σ = RᵀR, taken from the centred points by a QR decomposition. Distances need
/// the root only, and no digits are lost by forming Σ and taking its root again.
class GaussianMoments {
 public:
  /// Those of a cloud. O(n·d·min(n, d)) time, O(n·d) memory.
  /// @throws std::invalid_argument for `unbiased` when only one point carries mass.
  explicit GaussianMoments(const DiscreteMeasure& cloud, Covariance covariance = Covariance::population);

  /// Given ones. What single precision leaves of asymmetry and of negative eigenvalues, 1e-6 of the largest entry, is
  /// rounding; more is an error.
  /// @param mean d entries.  @param covariance d×d, symmetric, without negative eigenvalues.
  /// @throws std::invalid_argument for shapes that do not match, numbers that are not finite, and a matrix that is no
  /// covariance.
  GaussianMoments(Vector mean, const Points& covariance);

  Index dimension() const { return mean_.size(); }
  const Vector& mean() const { return mean_; }  ///< d entries, in the units of the coordinates.
  const Points& root() const { return root_; }  ///< R, k×d with k ≤ d.
  Points covariance() const;                    ///< Σ = RᵀR, d×d.
  double variance() const;                      ///< tr Σ = |R|², in units².

 private:
  Vector mean_;
  Points root_;
};

/// Var(Q) = Σ bⱼ |yⱼ − m|² with Σ bⱼ = 1, the trace of the population covariance, in units². O(m·d).
double variance(const DiscreteMeasure& cloud);

/// The Fréchet distance |m₁ − m₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁^½ Σ₂ Σ₁^½)^½), a squared length: W₂² of the Gaussians with these
/// moments, and a lower bound of W₂² for any laws with them (Gelbrich 1990).
///
/// Of Inception features with unbiased covariances it is the FID (Heusel et al. 2017, arXiv 1706.08500). Sources:
/// Dowson & Landau, J. Multivariate Anal. 12 (1982); computed as |m₁ − m₂|² + min |R₁ − UR₂|² over orthogonal U
/// (Bhatia, Jain & Lim, Expo. Math. 37 (2019), Theorem 1), a sum of squares, so that the distance of like moments keeps
/// its digits.
/// @throws std::invalid_argument for different dimensions. O(d³) time, O(d²) memory.
double frechet_distance(const GaussianMoments& a, const GaussianMoments& b);

/// W₂ of two Gaussians, the Bures-Wasserstein distance: the root of `frechet_distance`, a length.
double bures_wasserstein(const GaussianMoments& a, const GaussianMoments& b);

}  // namespace brenier
