#pragma once

#include <numeric>
#include <vector>

#include "brenier/transport_plan.hpp"
#include "certificate/exact_problem.hpp"

namespace brenier {

/// Potentials that are tight on the pairs of a plan, φ + ψ = c, to twice the digits of a double, as far as the pairs
/// form trees. A tree as a whole may be moved against the others: φ by −t, ψ by +t.
struct TightPotentials {
  std::vector<DoubleDouble> phi;
  std::vector<DoubleDouble> psi;
  std::vector<Index> source_tree;  ///< The tree of each source; −1 for sources without a pair.
  std::vector<Index> target_tree;  ///< The tree of each target.
  Index trees = 0;
};

/// The first target of each tree has start(j), as have targets without a pair.
/// @param cost(i, j) a BoundedCost.  O(n + m + entries).
template <class CostOf, class StartOf>
TightPotentials tight_potentials(const TransportPlan& plan, const CostOf& cost, const StartOf& start) {
  const auto n = static_cast<std::size_t>(plan.sources), m = static_cast<std::size_t>(plan.targets);
  // The pairs of each source, then of each target, one after the other.
  std::vector<std::size_t> first(n + m + 1, 0), pairs(2 * plan.entries.size());
  const auto target_node = [n](const PlanEntry& entry) { return n + static_cast<std::size_t>(entry.target); };
  for (const PlanEntry& entry : plan.entries) {
    ++first[static_cast<std::size_t>(entry.source) + 1];
    ++first[target_node(entry) + 1];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::size_t> place(first.begin(), first.end() - 1);
  for (std::size_t k = 0; k < plan.entries.size(); ++k) {
    pairs[place[static_cast<std::size_t>(plan.entries[k].source)]++] = k;
    pairs[place[target_node(plan.entries[k])]++] = k;
  }

  TightPotentials tight{std::vector<DoubleDouble>(n), std::vector<DoubleDouble>(m), std::vector<Index>(n, -1),
                        std::vector<Index>(m, -1), 0};
  std::vector<std::size_t> waiting;
  for (std::size_t j = 0; j < m; ++j) {
    if (tight.target_tree[j] >= 0) continue;
    tight.target_tree[j] = tight.trees;
    tight.psi[j] = start(static_cast<Index>(j));
    waiting.assign(1, n + j);
    while (!waiting.empty()) {
      const std::size_t node = waiting.back();
      waiting.pop_back();
      for (std::size_t p = first[node]; p < first[node + 1]; ++p) {
        const PlanEntry& entry = plan.entries[pairs[p]];
        const auto i = static_cast<std::size_t>(entry.source), k = static_cast<std::size_t>(entry.target);
        Index& tree = node < n ? tight.target_tree[k] : tight.source_tree[i];
        if (tree >= 0) continue;
        tree = tight.trees;
        waiting.push_back(node < n ? n + k : i);
        const DoubleDouble c = cost(entry.source, entry.target).value;
        if (node < n) {
          tight.psi[k] = c - tight.phi[i];
        } else {
          tight.phi[i] = c - tight.psi[k];
        }
      }
    }
    ++tight.trees;
  }
  return tight;
}

/// c − φ − ψ of a pair whose source and target are in different trees.
struct Slack {
  Index source_tree;
  Index target_tree;
  DoubleDouble value;
  double margin;  ///< More than all rounding of the value.
};

/// Moves the trees against each other until no pair of `slacks` is violated, and takes what that changes off ψ and φ.
///
/// A pair allows its target's tree to be at most its slack above its source's tree: levels are shortest ways in a graph
/// of trees, found by relaxing those that are violated, in turn (Bellman 1958; Ford 1956). A margin is left to each
/// pair where that is possible: then rounding cannot make it cheaper than those of the plan. Where the plan is not
/// optimal there is a cycle of negative length; then it ends after a bounded number of steps.
void settle_levels(const std::vector<Slack>& slacks, TightPotentials& tight);

}  // namespace brenier
