#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "brenier/transport_plan.hpp"
#include "certificate/exact_weights.hpp"

namespace brenier {

/// Turns the pairs of a plan into flows that meet the weights without rounding, as far as these pairs can.
///
/// The masses in a plan are rounded doubles; a bound of T_p needs a plan that is feasible in real numbers. Pairs of a
/// basic plan form trees, and in a tree the weights of the points determine every flow: a point with one pair left
/// ships all it has over it. Pairs on cycles, of which a basic plan has none, keep what the plan gives them as far as
/// it fits. Calls visit(entry, units) for every entry, once; no more than its weight leaves or reaches any point.
/// What is left over stays in `masses`. O(n + m + entries).
template <class Visit>
void visit_exact_flows(const TransportPlan& plan, ExactMasses& masses, const Visit& visit) {
  const auto sources = static_cast<std::size_t>(plan.sources);
  const auto nodes = sources + static_cast<std::size_t>(plan.targets);
  // The pairs of a point that are left: how many, and the exclusive or of their numbers, which at the last is its own.
  std::vector<std::uint32_t> degree(nodes, 0);
  std::vector<std::size_t> pairs(nodes, 0);
  const auto target_node = [&](const PlanEntry& entry) { return sources + static_cast<std::size_t>(entry.target); };
  for (std::size_t k = 0; k < plan.entries.size(); ++k) {
    const PlanEntry& entry = plan.entries[k];
    for (const std::size_t node : {static_cast<std::size_t>(entry.source), target_node(entry)}) {
      ++degree[node];
      pairs[node] ^= k;
    }
  }

  std::vector<bool> done(plan.entries.size(), false);
  std::vector<std::size_t> leaves;
  const auto settle = [&](std::size_t k, Int128 wanted) {
    const PlanEntry& entry = plan.entries[k];
    Int128& left = masses.supply[static_cast<std::size_t>(entry.source)];
    Int128& room = masses.demand[static_cast<std::size_t>(entry.target)];
    const Int128 units = std::min({wanted, left, room});
    left -= units;
    room -= units;
    done[k] = true;
    visit(k, units);
    for (const std::size_t node : {static_cast<std::size_t>(entry.source), target_node(entry)}) {
      pairs[node] ^= k;
      if (--degree[node] == 1) leaves.push_back(node);
    }
  };
  for (std::size_t node = 0; node < nodes; ++node) {
    if (degree[node] == 1) leaves.push_back(node);
  }
  const auto settle_leaves = [&] {
    while (!leaves.empty()) {
      const std::size_t node = leaves.back();
      leaves.pop_back();
      if (degree[node] != 1) continue;
      const std::size_t k = pairs[node];
      const PlanEntry& entry = plan.entries[k];
      settle(k, node < sources ? masses.supply[node] : masses.demand[static_cast<std::size_t>(entry.target)]);
    }
  };
  settle_leaves();
  for (std::size_t k = 0; k < plan.entries.size(); ++k) {
    if (done[k]) continue;
    settle(k, masses.units_of(plan.entries[k].mass));
    settle_leaves();
  }
}

/// Gives the pairs of a plan the masses of these flows: its marginals are then the weights themselves, up to the
/// rounding of a double, not those that were rounded to integers.
void set_exact_masses(TransportPlan& plan, const ExactWeights& weights);

}  // namespace brenier
