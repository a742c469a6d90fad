#pragma once

#include <optional>

#include "brenier/euler_flow.hpp"

namespace brenier::flow {

/// ‖∇φ‖ in L²(μ) from the images T of the particles: √Σ aᵢ|xᵢ − T(xᵢ)|² for p = 2; for p = 1 the root of the mass that
/// is not where it is going.
double velocity_norm(const FlowState& state, int order);

/// |x − T(x)| of each particle.
Vector lengths(const FlowState& state);

/// W_p(μ_n, μ_d) as the theorems in `EulerFlow` give it from the lengths at step 0; empty where none applies.
std::optional<double> predicted_distance(const FlowState& state, const FlowOptions& options);

}  // namespace brenier::flow
