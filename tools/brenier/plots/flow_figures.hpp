#pragma once

#include <string>
#include <vector>

#include "brenier/flow_state.hpp"
#include "plots/gnuplot_script.hpp"
#include "runs/flow_folder.hpp"

namespace brenier::cli {

/// What a figure tells of the run beside its data.
struct FlowFacts {
  int order = 2;
  double step = 0.0;  ///< ε.
};

/// Title and names for the figure of the particles at their first and last snapshot; the points are left to the caller.
ParticlesFigure flow_particles(const FlowFacts& facts, const FlowRecord& last);

/// The gnuplot script, without terminal and output, of W₁ and W₂ against time and against wall-clock time, on a
/// logarithmic scale, with what theory predicts of them from step 0 alone: for order 2 e^{−t}W₀ and (1 − ε)ⁿW₀, for
/// order 1 Σ aᵢ(dᵢ − nε)⁺.
std::string distances_script(const FlowFacts& facts, const std::vector<FlowRecord>& records);

}  // namespace brenier::cli
