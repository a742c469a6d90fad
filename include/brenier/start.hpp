#pragma once

#include <optional>

#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

struct Solution;
struct CostMatrixSolution;

/// Where a solve starts from: a plan, potentials, both, or an earlier answer. What is not there is found by the engine.
///
/// A poor start costs time, never the answer; from its own answer a solve costs little more than its certificate.
struct Start {
  std::optional<TransportPlan> plan;     ///< Feasible or not: what is above supply or demand is cut off.
  std::optional<Potentials> potentials;  ///< Only ψ is used, on any level; φ may be empty.

  Start() = default;
  Start(const Solution& solution);            // NOLINT(google-explicit-constructor): an answer is a start.
  Start(const CostMatrixSolution& solution);  // NOLINT(google-explicit-constructor)

  bool is_empty() const { return !plan && !potentials; }
};

}  // namespace brenier
