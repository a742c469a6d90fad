#pragma once

#include <memory>

#include "balanced_weights.hpp"
#include "brenier/certificate.hpp"
#include "frame.hpp"
#include "pricing/rounded_costs.hpp"

namespace brenier {

/// The certificate of a plan (with valid indices) and of a pair of potentials given in the frame.
///
/// Every figure is computed in the frame and only then turned to the input's units, so nothing cancels. Knows points,
/// weights, plan and potentials, and nothing of where they come from. One or two global searches.
/// @param costs of the frame's sources (rows) and targets (columns), which the searches then read; may be null.
Certificate judge(int order, const Frame& frame, const BalancedWeights& weights, const TransportPlan& plan,
                  const Potentials& framed, int threads,
                  const std::shared_ptr<const pricing::RoundedCosts>& costs = nullptr);

}  // namespace brenier
