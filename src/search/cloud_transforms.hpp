#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "brenier/potentials.hpp"
#include "problem/frame.hpp"
#include "search/matrix/rounded_costs.hpp"
#include "search/target_search.hpp"

namespace brenier {

/// The c-transforms between the two clouds of a frame, each a search over all pairs.
///
/// Between calls it keeps what they have in common: the search structure as long as the targets are the same, an order
/// of the sources for which the searches are fast, and what the last search has found. None of it changes a result, so
/// the next frame may be another one; points that have moved little are found fastest.
class CloudTransforms {
 public:
  /// @param costs of the sources (rows) and targets (columns) of the one frame that is given, which the searches then
  /// read; may be null.
  CloudTransforms(int order, int threads, std::shared_ptr<const search::RoundedCosts> costs)
      : order_(order), threads_(threads), costs_(std::move(costs)) {}

  /// ψᶜ at each source over all targets.
  CTransform to_sources(const Frame& frame, const Vector& psi);

  /// φᶜ at each target over all sources.
  Vector to_targets(const Frame& frame, const Vector& phi);

 private:
  void find_orders(const Frame& frame);

  int order_;
  int threads_;
  std::shared_ptr<const search::RoundedCosts> costs_;
  Points targets_;  ///< Of the frame that the search was made for.
  std::vector<Index> target_order_;
  std::vector<Index> source_order_;
  std::vector<Index> minimizer_;  ///< What the last search found, in the orders above: the next one's first guess.
  std::unique_ptr<search::TargetSearch> search_;
};

}  // namespace brenier
