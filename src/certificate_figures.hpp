#pragma once

#include <vector>

#include "balanced_weights.hpp"
#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

/// The figures of a certificate that do not depend on how costs are given.
namespace brenier::figures {

/// Σ aᵢφᵢ + Σ bⱼψⱼ.
double dual_value(const BalancedWeights& weights, const Vector& phi, const Vector& psi);

/// Σᵢ|Σⱼπᵢⱼ − aᵢ| + Σⱼ|Σᵢπᵢⱼ − bⱼ|, relative to the mass.
double marginal_residual(const BalancedWeights& weights, const TransportPlan& plan);

/// value / scale, where nothing is nothing even of nothing.
double relative(double value, double scale);

/// max(0, maxᵢ φᵢ − ψᶜᵢ), each relative to the largest of |φᵢ|, |ψⱼ| at the target j that attains ψᶜᵢ, and `scale`.
double max_violation(const Potentials& potentials, const Vector& feasible_phi, const std::vector<Index>& minimizer,
                     double scale);

}  // namespace brenier::figures
