#pragma once

#include "brenier/ground_cost.hpp"
#include "problem/balanced_weights.hpp"
#include "problem/frame.hpp"

namespace brenier {

/// The size of costs that matter in a problem, in the frame's units: `Certificate::cost_scale` before it is turned to
/// the input's. Zero only where each cloud has all its mass in one place. O((n + m)·d).
double cost_scale(const GroundCost& cost, const Frame& frame, const BalancedWeights& weights);

}  // namespace brenier
