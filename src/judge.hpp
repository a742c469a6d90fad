#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "balanced_weights.hpp"
#include "brenier/certificate.hpp"
#include "frame.hpp"
#include "pricing/pricing.hpp"
#include "pricing/rounded_costs.hpp"

namespace brenier {

/// Makes the certificate of a plan (with valid indices) and of a pair of potentials given in the frame.
///
/// Every figure is computed in the frame and only then turned to the input's units, so nothing cancels. Knows points,
/// weights, plan and potentials, and nothing of where they come from. One or two global searches.
///
/// Between calls it keeps what they have in common: the search structure as long as the targets in the frame are the
/// same, an order of the sources for which the searches are fast, and what the last search has found. None of it
/// changes a figure.
class Judge {
 public:
  /// @param costs of the sources (rows) and targets (columns) of the one frame that is judged, which the searches then
  /// read; may be null.
  Judge(int order, int threads, std::shared_ptr<const pricing::RoundedCosts> costs = nullptr)
      : order_(order), threads_(threads), costs_(std::move(costs)) {}

  Certificate operator()(const Frame& frame, const BalancedWeights& weights, const TransportPlan& plan,
                         const Potentials& framed);

 private:
  /// ψᶜ of each source over all targets, and the target that attains it.
  struct Search {
    Vector value;
    std::vector<Index> minimizer;
  };
  Search c_transform(const Frame& frame, const Vector& psi);

  int order_;
  int threads_;
  std::shared_ptr<const pricing::RoundedCosts> costs_;
  Points targets_;  ///< Of the frame that the pricing was made for.
  std::vector<Index> target_order_;
  std::vector<Index> source_order_;
  std::vector<Index> minimizer_;  ///< What the last search found, in the orders above: the next one's first guess.
  std::unique_ptr<pricing::Pricing> pricing_;
};

}  // namespace brenier
