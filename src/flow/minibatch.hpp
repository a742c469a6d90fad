#pragma once

#include "brenier/euler_flow.hpp"
#include "flow/step_potential.hpp"

namespace brenier::flow {

/// Draws the samples of the state's step, solves between them, and sets the state's potentials, samples and images:
/// of the particles that took part from the plan of the samples, of the others by the off-sample potential.
StepProof find_minibatch_potential(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options);

/// @throws std::invalid_argument for sizes that the clouds cannot give, or a law of another dimension.
void check(const Minibatch& minibatch, const FlowState& state, const DiscreteMeasure& target);

}  // namespace brenier::flow
