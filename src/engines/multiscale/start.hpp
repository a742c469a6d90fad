#pragma once

#include <vector>

#include "engines/engine.hpp"
#include "problem/ordered_cloud.hpp"
#include "simplex/flow.hpp"

namespace brenier::engines::multiscale {

/// What the caller gave to start from, in kd order; what was not given is empty.
struct Start {
  std::vector<simplex::Flow> plan;  ///< Feasible, sorted by source.
  Vector psi;                       ///< One entry a target.

  bool is_complete() const { return !plan.empty() && psi.size() > 0; }
};

/// The problem's start in kd order, its plan made feasible: what a shipment has above the supply or demand that is left
/// is cut off, and what then is still to be shipped follows the north-west corner of both orders.
Start order_start(const Problem& problem, const std::vector<simplex::Node>& source_order,
                  const std::vector<simplex::Node>& target_order);

/// φ as large as the plan's arcs allow: φᵢ = min { c(xᵢ, yⱼ) − ψⱼ : πᵢⱼ > 0 }, so that an optimal start is tight at
/// once.
Vector tight_potential(int order, const OrderedCloud& sources, const OrderedCloud& targets,
                       const std::vector<simplex::Flow>& plan, const Vector& psi);

}  // namespace brenier::engines::multiscale
