#pragma once

#include <memory>
#include <vector>

#include "brenier/types.hpp"

namespace brenier {

class DiscreteMeasure;
struct Solution;

/// Kantorovich potentials: φ on the sources, ψ on the targets, φ(xᵢ) + ψ(yⱼ) ≤ c_p(xᵢ, yⱼ), equality where πᵢⱼ > 0.
///
/// `solve` returns the canonical pair: φ = ψᶜ and ψ = φᶜ at every point, those without mass included, shifted so that
/// Σ aᵢφᵢ = Σ bⱼψⱼ (each half of T_p).
struct Potentials {
  Vector phi;  ///< One entry a source.
  Vector psi;  ///< One entry a target.
};

/// A c-transform with the place where the minimum is attained.
struct CTransform {
  Vector value;                  ///< minⱼ { c_p(x, yⱼ) − ψⱼ }, one entry a query.
  std::vector<Index> minimizer;  ///< The j that attains it, the smallest one among ties.
};

/// ψᶜ(x) = minⱼ { c_p(x, yⱼ) − ψⱼ } at each row x of `queries`, over all targets.
///
/// By symmetry φᶜ is c_transform(order, sources, phi, targets).
/// @param order 1 or 2.  @param targets m×d.  @param psi m entries, finite.  @param queries k×d.
/// @param threads 0 takes every core.
/// @throws std::invalid_argument for another order or shapes that do not match.
/// Memory O(k + m).
CTransform c_transform(int order, const Points& targets, const Vector& psi, const Points& queries, int threads = 0);

/// The off-sample potential φ(x) = ψᶜ(x), its gradient and its transport map at any point of ℝᵈ.
///
/// With T(x) the target that attains ψᶜ(x):  p = 2: ∇φ(x) = x − T(x);  p = 1: ∇φ(x) = (x − T(x))/|x − T(x)|, and 0
/// where x = T(x). For p = 1, φ is 1-Lipschitz.
///
/// The search structure over the targets, a tree in low dimension, is built once; copies share it. Calls from several
/// threads take turns.
class Potential {
 public:
  /// @param psi the potential on the targets, as `Solution::potentials.psi`.
  /// @throws std::invalid_argument as `c_transform`.
  /// @param threads 0 takes every core. Results do not depend on it.
  Potential(int order, Points targets, Vector psi, int threads = 0);

  /// That of an answer: equal to `solution.potentials.phi` at the sources.
  /// @param target the cloud that was transported to.
  Potential(const Solution& solution, const DiscreteMeasure& target, int threads = 0);

  /// φ at each row of x (k×d). One entry a row.
  Vector value(const Points& x) const;

  /// ∇φ at each row of x (k×d), as k×d.
  Points gradient(const Points& x) const;

  /// T(x) at each row of x (k×d), as k×d.
  Points map(const Points& x) const;

 private:
  struct Search;
  CTransform transform(const Points& x) const;

  int order_;
  Points targets_;
  std::shared_ptr<Search> search_;
};

}  // namespace brenier
