#pragma once

#include "brenier/euler_flow.hpp"

namespace brenier::flow {

/// Where a point goes in one Euler step towards its image T(x): (1 − ε)x + εT(x) for p = 2; for p = 1 a length ε along
/// the ray to T(x), or as far as T(x) with `clip`. A point that is its own image stays.
Points moved(const Points& points, const Points& images, const FlowOptions& options);

/// Moves particles and passengers by the potential of the state, and makes the plan and potentials of the state what
/// they are expected to be after it (see `EulerFlow`). The record is left as it was.
void take_euler_step(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options);

/// Sets T, and φ = ψᶜ, for the particles that the plan has no entry for, from ψ: the target that attains ψᶜ(x).
void follow_potential_without_mass(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options);

}  // namespace brenier::flow
