#pragma once

#include "brenier/discrete_measure.hpp"
#include "brenier/solve.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// How a cost changes when points move: one row a point.
struct PointGradient {
  Points source;  ///< n×d: ∂/∂xᵢ.
  Points target;  ///< m×d: ∂/∂yⱼ.
};

/// ∂T_p/∂x and ∂T_p/∂y at an optimal plan, by the envelope theorem: the plan may be held fixed,
///
///     ∂T_p/∂xᵢ = Σⱼ πᵢⱼ ∇c_p(xᵢ − yⱼ),   ∂T_p/∂yⱼ = −Σᵢ πᵢⱼ ∇c_p(xᵢ − yⱼ),
///
/// with ∇c_p(z) = z for p = 2, and z/|z|, or 0 where z = 0, for p = 1. Where the optimal plan is unique and, for p = 1,
/// moves no mass by zero, this is the derivative. Elsewhere T_p has a kink: for p = 2 it is one of its supergradients.
/// ∂T_p/∂xᵢ = aᵢ ∇φ(xᵢ) wherever the plan gives xᵢ one target. The derivatives by the weights are the potentials:
/// ∂T_p/∂aᵢ = φᵢ and ∂T_p/∂bⱼ = ψⱼ, up to one constant, as changes that keep the sums equal cannot tell.
/// @param plan as `Solution::plan`; its optimality is not looked at.
/// @throws std::invalid_argument for an order other than 1 or 2, or a plan that does not fit the measures.
/// O((n + m + entries)·d).
PointGradient transport_cost_gradient(int order, const DiscreteMeasure& source, const DiscreteMeasure& target,
                                      const TransportPlan& plan);

/// ∂W_pᵖ/∂x and ∂W_pᵖ/∂y: as W_pᵖ = p · T_p, p times `transport_cost_gradient`.
PointGradient wasserstein_power_gradient(int order, const DiscreteMeasure& source, const DiscreteMeasure& target,
                                         const TransportPlan& plan);

/// T at each source, n×d: the place, or mean of the places, where the plan sends it (`Displacement::barycentric`); the
/// target that attains ψᶜ for sources without mass.
/// @param order, plan, potentials  those of `solution`, for these measures.
/// @throws std::invalid_argument for a solution of other measures. O((n + entries)·d), a search for points without
/// mass.
Points transport_map(const DiscreteMeasure& source, const DiscreteMeasure& target, const Solution& solution,
                     int threads = 0);

/// ∇φ at each source, n×d: x − T(x) for p = 2, and (x − T(x))/|x − T(x)|, or 0 where x = T(x), for p = 1, with T as
/// above: what a gradient flow or a generator follows. Off the sample see `Potential::gradient`.
Points potential_gradient(const DiscreteMeasure& source, const DiscreteMeasure& target, const Solution& solution,
                          int threads = 0);

}  // namespace brenier
