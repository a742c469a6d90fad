#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// One entry πᵢⱼ > 0 of a plan.
struct PlanEntry {
  Index source = 0;
  Index target = 0;
  double mass = 0.0;

  friend bool operator==(const PlanEntry& a, const PlanEntry& b) {
    return a.source == b.source && a.target == b.target && a.mass == b.mass;
  }
};

/// A coupling of n sources and m targets as its non-zero entries, sorted by source, then target.
///
/// A basic optimal plan has at most n + m − 1 entries; the dense matrix is never formed.
struct TransportPlan {
  Index sources = 0;
  Index targets = 0;
  std::vector<PlanEntry> entries;

  /// Mass that leaves each source: one entry a source. O(n + entries).
  Vector source_marginal() const;

  /// Mass that reaches each target: one entry a target. O(m + entries).
  Vector target_marginal() const;

  /// True when no source and no target has two entries: the plan is then a map on the points that carry mass.
  bool is_matching() const;

  /// True when no source has two entries: each point that carries mass then has one target.
  bool is_map() const;
};

}  // namespace brenier
