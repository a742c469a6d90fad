#pragma once

#include <memory>
#include <utility>

#include "balanced_weights.hpp"
#include "brenier/certificate.hpp"
#include "cloud_transforms.hpp"
#include "frame.hpp"

namespace brenier {

/// Makes the certificate of a plan (with valid indices) and of a pair of potentials given in the frame.
///
/// Every figure is computed in the frame and only then turned to the input's units, so nothing cancels. Knows points,
/// weights, plan and potentials, and nothing of where they come from. One or two global searches.
class Judge {
 public:
  Judge(int order, int threads, std::shared_ptr<const pricing::RoundedCosts> costs = nullptr)
      : order_(order), transforms_(order, threads, std::move(costs)) {}

  Certificate operator()(const Frame& frame, const BalancedWeights& weights, const TransportPlan& plan,
                         const Potentials& framed);

  /// What it searches with, for others to use as well.
  CloudTransforms& transforms() { return transforms_; }

 private:
  int order_;
  CloudTransforms transforms_;
};

}  // namespace brenier
