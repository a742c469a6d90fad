#pragma once

#include <vector>

#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"
#include "problem/balanced_weights.hpp"

/// The figures of a certificate that do not depend on how costs are given.
namespace brenier::figures {

/// Σ aᵢφᵢ + Σ bⱼψⱼ.
double dual_value(const BalancedWeights& weights, const Vector& phi, const Vector& psi);

/// Σᵢ|Σⱼπᵢⱼ − aᵢ| + Σⱼ|Σᵢπᵢⱼ − bⱼ|, relative to the mass.
double marginal_residual(const BalancedWeights& weights, const TransportPlan& plan);

/// max(0, maxᵢ φᵢ − ψᶜᵢ), each relative to |φᵢ| + |ψⱼ| at the target j that attains ψᶜᵢ: of the potentials as they were
/// given, whose rounding is relative to these numbers.
/// @param framed the pair in the frame that `feasible` comes from.  @param given the same in the frame's unit of cost.
double max_violation(const Potentials& framed, const Potentials& given, const CTransform& feasible);

}  // namespace brenier::figures
