#include "flow/step_potential.hpp"

#include <utility>

#include "flow/euler_step.hpp"

namespace brenier::flow {
namespace {

/// One global search: are the plan and potentials of the state optimal as they stand?
bool verify(const FlowState& state, const DiscreteMeasure& particles, const DiscreteMeasure& target,
            Certifier& certifier, StepProof& proof) {
  const Certificate certificate = certifier.certify(particles, target, state.plan, state.potentials);
  proof.verified = certificate.proves_optimality();
  if (!proof.verified) return false;
  proof.termination.reason = Termination::Reason::optimal;
  proof.cost = certificate.primal;
  proof.relative_gap = certificate.relative_gap;
  return true;
}

}  // namespace

SolveOptions solve_options(const FlowOptions& options) {
  SolveOptions solving;
  solving.order = options.order;
  solving.threads = options.threads;
  solving.monitor = options.monitor;
  return solving;
}

StepProof find_potential(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options, bool first,
                         Certifier& certifier) {
  const DiscreteMeasure particles(state.particles, state.weights);
  const bool warm = options.resolve == Resolve::warm && !first;
  StepProof proof;
  if (warm && state.plan.is_map()) {
    follow_potential_without_mass(state, target, options);
    if (verify(state, particles, target, certifier, proof)) return proof;
  }

  SolveOptions solving = solve_options(options);
  // On a line, sorting from nothing is faster than any start.
  if (warm && target.dimension() > 1) {
    solving.start.plan = std::move(state.plan);
    solving.start.potentials = std::move(state.potentials);
  }
  Solution solution = solve(particles, target, solving);
  proof = {solution.termination, solution.certificate.primal, solution.certificate.relative_gap, false};
  state.plan = std::move(solution.plan);
  state.potentials = std::move(solution.potentials);
  const bool refuse_split = first && options.displacement == Displacement::matching;
  state.images =
      displace(particles, target, state.plan, refuse_split ? Displacement::matching : Displacement::barycentric).images;
  follow_potential_without_mass(state, target, options);
  return proof;
}

}  // namespace brenier::flow
