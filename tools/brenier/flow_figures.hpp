#pragma once

#include <string>
#include <vector>

#include "brenier/flow_state.hpp"
#include "flow_folder.hpp"

namespace brenier::cli {

/// What a figure tells of the run beside its data.
struct FlowFacts {
  int order = 2;
  double step = 0.0;  ///< ε.
};

/// The gnuplot script, without terminal and output, of the particles at their first and last snapshot, the target, and
/// an arrow for the way of each particle; the first two coordinates where there are more.
std::string particles_script(const FlowFacts& facts, const FlowRecord& last, const Points& first_places,
                             const Points& last_places, const Points& target);

/// The same, of W₁ and W₂ against time and against wall-clock time, on a logarithmic scale, with what theory predicts
/// of them from step 0 alone: for order 2 e^{−t}W₀ and (1 − ε)ⁿW₀, for order 1 Σ aᵢ(dᵢ − nε)⁺.
std::string distances_script(const FlowFacts& facts, const std::vector<FlowRecord>& records);

}  // namespace brenier::cli
