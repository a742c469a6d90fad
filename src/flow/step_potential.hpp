#pragma once

#include "brenier/certificate.hpp"
#include "brenier/euler_flow.hpp"

namespace brenier::flow {

/// What the search for a step's potential came to.
struct StepProof {
  Termination termination;
  double cost = 0.0;          ///< T_p of the problem that was solved.
  double relative_gap = 0.0;  ///< Of its certificate.
  bool verified = false;      ///< The expected plan and potentials were the answer: nothing was solved.
};

/// Finds and proves the potential between the particles of the state and the target; sets its plan, potentials and
/// images. A warm search takes those that the state has as what is expected, unless `first`.
/// @param certifier for the order of the options.
/// The state is of no use when the termination is not optimal.
StepProof find_potential(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options, bool first,
                         Certifier& certifier);

/// The options of the flow that its solves share.
SolveOptions solve_options(const FlowOptions& options);

}  // namespace brenier::flow
