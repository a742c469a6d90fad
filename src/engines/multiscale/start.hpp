#pragma once

#include <vector>

#include "engines/engine.hpp"
#include "engines/multiscale/levels.hpp"
#include "engines/multiscale/nested_pricing.hpp"

namespace brenier::engines::multiscale {

/// What the caller gave to start from, in kd order; what was not given is empty.
struct Start {
  std::vector<Flow> plan;  ///< Feasible, sorted by source.
  Vector psi;              ///< One entry a target.

  bool is_complete() const { return !plan.empty() && psi.size() > 0; }
};

/// The problem's start in kd order, its plan made feasible: what a shipment has above the supply or demand that is left
/// is cut off, and what then is still to be shipped follows the north-west corner of both orders.
Start order_start(const Problem& problem, const std::vector<Node>& source_order, const std::vector<Node>& target_order);

/// The north-west-corner plan of two clouds in their order: mass handed on greedily, at most n + m − 1 flows.
std::vector<Flow> corner_plan(const std::vector<std::int64_t>& supply, const std::vector<std::int64_t>& demand);

/// Makes a part of a plan a whole one: what is left of supply and demand follows the north-west corner. Sorts the plan.
void complete(std::vector<Flow>& plan, const std::vector<std::int64_t>& supply,
              const std::vector<std::int64_t>& demand);

/// φ as large as the plan's arcs allow: φᵢ = min { c(xᵢ, yⱼ) − ψⱼ : πᵢⱼ > 0 }, so that an optimal start is tight at
/// once.
Vector tight_potential(int order, const OrderedCloud& sources, const OrderedCloud& targets,
                       const std::vector<Flow>& plan, const Vector& psi);

}  // namespace brenier::engines::multiscale
