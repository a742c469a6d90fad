#pragma once

#include "problem/kd_order.hpp"
#include "search/tree/tree_cell.hpp"

namespace brenier::search {

/// How a tree with `fan` children a node lies over m targets in cells (spatial/kd_order.hpp).
///
/// A step of the tree goes down two depths of cells; the first one goes down one or two, so that the last one ends at
/// the leaves. Groups of siblings are numbered step by step.
class TreeShape {
 public:
  /// A leaf holds at most this many targets, and more than half as many.
  static constexpr Index leaf_size = 8;

  explicit TreeShape(Index targets) : targets_(targets) {
    while (((targets - 1) >> depth_) + 1 > leaf_size) ++depth_;
    first_depth_ = depth_ % 2 == 0 ? 2 : 1;
    if (depth_ == 0) first_depth_ = 0;
  }

  /// Steps from the root to the leaves.
  int steps() const { return (depth_ - first_depth_) / 2 + 1; }
  Index leaves() const { return Index{1} << depth_; }
  Index groups() const { return first_group(steps()); }

  /// Cells that the step reaches, and the ranges of targets that they hold.
  Index cells(int step) const { return Index{1} << depth_of(step); }
  Index begin(int step, Index cell) const { return cell_begin(targets_, depth_of(step), cell); }
  Index end(int step, Index cell) const { return begin(step, cell + 1); }
  Index leaf_begin(Index leaf) const { return cell_begin(targets_, depth_, leaf); }

  /// The group of a cell and its place there. The first group may have places to spare.
  Index group(int step, Index cell) const { return first_group(step) + (step == 0 ? 0 : cell / fan); }
  static int lane(Index cell) { return static_cast<int>(cell % fan); }

  /// First group of a step: the cells of the step before it, one group each, come after the groups before them.
  Index first_group(int step) const {
    if (step == 0) return 0;
    return 1 + (((Index{1} << 2 * (step - 1)) - 1) / 3 << first_depth_);
  }

 private:
  int depth_of(int step) const { return first_depth_ + 2 * step; }

  Index targets_;
  int depth_ = 0;
  int first_depth_ = 0;
};

}  // namespace brenier::search
