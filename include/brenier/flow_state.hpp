#pragma once

#include <optional>
#include <vector>

#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"
#include "brenier/types.hpp"

namespace brenier {

/// What is known of a flow at one step.
struct FlowRecord {
  Index step = 0;                   ///< n.
  double time = 0.0;                ///< t = nε.
  std::optional<double> w1, w2;     ///< W_p(μ_n, μ_d), exact; empty where not asked for.
  double loss = 0.0;                ///< T_p of the step's potential: J = ½W₂² for p = 2, W₁ for p = 1.
  double velocity_norm = 0.0;       ///< ‖∇φ‖ in L²(μ_n).
  std::optional<double> predicted;  ///< W_p(μ_n, μ_d) as the theory says it from step 0 alone; empty without a theorem.
  double relative_gap = 0.0;        ///< Of the certificate that proves the step's potential.
  double seconds = 0.0;             ///< Wall-clock time since the flow began.
};

/// All that the next step depends on: a value that can be written and read back (`write_flow_state`).
struct FlowState {
  FlowRecord record;            ///< Of the present step.
  Points particles;             ///< n×d.
  Vector weights;               ///< n; as they were at the start.
  std::vector<Index> identity;  ///< n: the row of the first cloud that each particle is, or is a part of.
  Points images;                ///< n×d: T of each particle, where its next step leads.
  Points passengers;            ///< k×d, maybe none.
  TransportPlan plan;           ///< Between the particles and the target; none in a minibatch flow.
  Potentials potentials;        ///< Likewise; in a minibatch flow on the samples.
  Points samples;               ///< The targets that `potentials.psi` belongs to in a minibatch flow.
  Vector first_lengths;         ///< |x − T(x)| at step 0, where each particle had one target; otherwise empty.
};

}  // namespace brenier
