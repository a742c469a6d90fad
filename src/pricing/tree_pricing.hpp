#pragma once

#include <memory>

#include "pricing/pricing.hpp"

namespace brenier::pricing {

/// Pricing with a kd-tree over the targets: for low dimension.
///
/// A node holds the box of its targets and an affine model of ψ on them, ψ(y) ≤ α + g·(y − centre), with g the least
/// squares slope and α the smallest constant that makes it true. The node's targets then cost at least
///   p = 2:  min over the box of ½|x − y|² − g·(y − centre) − α, attained at y = clamp(x + g);
///   p = 1:  the larger of dist(x, box) − max ψ and |x − centre| − α − Σ_d |e_d − g_d| h_d, with e the unit vector from
///           x to the centre and h the half-widths (the cost is convex in y: its tangent at the centre lies below it).
/// A query goes depth first, the cheaper child first. A node is left out only if it is dearer than the bound by more
/// than the rounding of all that was computed, so answers are those of a search over all targets, bit by bit.
///
/// set_potential: O(m log m). A query: a few leaves where ψ is smooth, O(m) at worst. Memory about 1.4 d + 1 doubles a
/// target.
class TreePricing : public Pricing {
 public:
  std::string_view name() const override { return "tree"; }

  /// The part of the targets that a query has to look at, averaged over the rows of `sample`: what tells whether the
  /// tree prunes.
  virtual double share_visited(const Points& sample) const = 0;
};

/// A tree over targets in any order (m×d, copied).
/// @param order 1 or 2.
std::unique_ptr<TreePricing> make_tree_pricing(int order, const Points& targets, int threads);

/// A tree over targets that are in kd order already (spatial/kd_order.hpp), as the levels of the multiscale engine are.
std::unique_ptr<TreePricing> make_tree_pricing_in_kd_order(int order, const Points& targets, int threads);

}  // namespace brenier::pricing
