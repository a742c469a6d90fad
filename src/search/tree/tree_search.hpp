#pragma once

#include <memory>

#include "search/target_search.hpp"

namespace brenier::search {

/// TargetSearch with a kd-tree over the targets: for low dimension.
///
/// A node holds a region around its targets and a model that bounds ψ on them from above: quadratic over a box for p =
/// 2 (quadratic_bound.hpp), linear along the axis of a cylinder for p = 1 (ray_bound.hpp). Together they bound what a
/// target of the node can cost from below. A query goes depth first, the cheapest child first, and starts from the
/// answer of its neighbour. A node is left out only if it is dearer than the bound by more than the rounding of all
/// that was computed for it, near or far, so answers are those of a search over all targets, bit by bit.
///
/// set_potential: O(m log m). A query: a few leaves where ψ is smooth, O(m) at worst. Memory about 3 d + 7 doubles a
/// target.
class TreeSearch : public TargetSearch {
 public:
  std::string_view name() const override { return "tree"; }

  /// The part of the targets that a query has to look at, averaged over the rows of `sample`: what tells whether the
  /// tree prunes.
  virtual double share_visited(const Points& sample) const = 0;

  /// Matrix search over the same targets with the same potential.
  virtual std::unique_ptr<TargetSearch> as_blocks() const = 0;
};

/// A tree over targets in any order (m×d, copied).
/// @param order 1 or 2.
std::unique_ptr<TreeSearch> make_tree_search(int order, const Points& targets, int threads);

/// A tree over targets that are in kd order already (spatial/kd_order.hpp), as the levels of the multiscale engine are.
std::unique_ptr<TreeSearch> make_tree_search_in_kd_order(int order, const Points& targets, int threads);

}  // namespace brenier::search
