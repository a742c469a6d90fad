#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "brenier/transport_plan.hpp"
#include "certificate/exact_problem.hpp"

namespace brenier {

/// ψ on the targets such that some φ makes φ + ψ = c on the pairs of a plan, to twice the digits of a double, as far as
/// the pairs form trees. The first target of each tree has start(j), as have targets without a pair.
/// @param cost(i, j) a BoundedCost.  O(n + m + entries).
template <class CostOf, class StartOf>
std::vector<DoubleDouble> tight_potential(const TransportPlan& plan, const CostOf& cost, const StartOf& start) {
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

  std::vector<DoubleDouble> psi(m), phi(n);
  std::vector<bool> known(n + m, false);
  std::vector<std::size_t> waiting;
  for (std::size_t j = 0; j < m; ++j) {
    if (known[n + j]) continue;
    known[n + j] = true;
    psi[j] = start(static_cast<Index>(j));
    waiting.assign(1, n + j);
    while (!waiting.empty()) {
      const std::size_t node = waiting.back();
      waiting.pop_back();
      for (std::size_t p = first[node]; p < first[node + 1]; ++p) {
        const PlanEntry& entry = plan.entries[pairs[p]];
        const std::size_t other = node < n ? target_node(entry) : static_cast<std::size_t>(entry.source);
        if (known[other]) continue;
        known[other] = true;
        waiting.push_back(other);
        const DoubleDouble c = cost(entry.source, entry.target).value;
        if (node < n) {
          psi[other - n] = c - phi[node];
        } else {
          phi[other] = c - psi[node - n];
        }
      }
    }
  }
  return psi;
}

}  // namespace brenier
