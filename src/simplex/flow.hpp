#pragma once

#include <cstdint>
#include <vector>

#include "problem/shipment.hpp"
#include "simplex/node.hpp"

namespace brenier::simplex {

/// Mass on an arc of one level: source and target are indices of that level.
struct Flow {
  Node source;
  Node target;
  std::int64_t units;

  /// By source, then target: the order of every plan.
  friend bool operator<(const Flow& a, const Flow& b) {
    return a.source < b.source || (a.source == b.source && a.target < b.target);
  }
};

/// The north-west-corner plan of two clouds in their order: mass handed on greedily, at most n + m − 1 flows.
std::vector<Flow> corner_plan(const std::vector<std::int64_t>& supply, const std::vector<std::int64_t>& demand);

/// Makes a part of a plan a whole one: what is left of supply and demand follows the north-west corner. Sorts the plan.
void complete(std::vector<Flow>& plan, const std::vector<std::int64_t>& supply,
              const std::vector<std::int64_t>& demand);

/// Makes any shipments a plan: what one has above the supply or demand that is left is cut off, and what is then still
/// to be shipped follows the north-west corner.
std::vector<Flow> fitted_plan(const std::vector<Shipment>& shipments, std::vector<std::int64_t> supply,
                              std::vector<std::int64_t> demand);

}  // namespace brenier::simplex
