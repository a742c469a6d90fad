#include "brenier/euler_flow.hpp"

#include <chrono>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "flow/euler_step.hpp"
#include "flow/flow_record.hpp"
#include "flow/minibatch.hpp"
#include "flow/step_potential.hpp"
#include "numeric/compensated_sum.hpp"
#include "numeric/message.hpp"
#include "problem/balanced_weights.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

FlowOptions validated(FlowOptions options) {
  validate(options);
  return options;
}

CertifyOptions judging(const FlowOptions& options) {
  CertifyOptions result;
  result.order = options.order;
  result.threads = options.threads;
  return result;
}

void check_passengers(const Points& passengers, Index dimension) {
  if (passengers.rows() == 0) return;
  if (passengers.cols() != dimension) {
    throw std::invalid_argument(
        message("passengers: dimension ", passengers.cols(), ", but the particles have ", dimension));
  }
  if (!passengers.allFinite()) throw std::invalid_argument("passengers: a coordinate is not finite");
}

void check_shapes(const FlowState& state, const DiscreteMeasure& target) {
  const Index n = state.particles.rows();
  const bool fits = state.weights.size() == n && static_cast<Index>(state.identity.size()) == n &&
                    state.images.rows() == n && state.images.cols() == state.particles.cols() &&
                    (state.first_lengths.size() == 0 || state.first_lengths.size() == n);
  if (!fits) throw std::invalid_argument("state: its arrays do not belong to one set of particles");
  if (state.particles.cols() != target.dimension()) {
    throw std::invalid_argument(
        message("state: dimension ", state.particles.cols(), ", but the target has ", target.dimension()));
  }
}

/// Cuts the particles along the plan of the state: then each has one target.
void split_particles(FlowState& state, const DiscreteMeasure& target) {
  DisplacedParticles parts =
      displace(DiscreteMeasure(state.particles, state.weights), target, state.plan, Displacement::split);
  Vector phi(parts.weights.size());
  for (std::size_t k = 0; k < parts.identity.size(); ++k) {
    phi[static_cast<Index>(k)] = state.potentials.phi[parts.identity[k]];
    state.plan.entries[k].source = static_cast<Index>(k);
  }
  state.plan.sources = phi.size();
  state.potentials.phi = std::move(phi);
  state.particles = std::move(parts.points);
  state.images = std::move(parts.images);
  state.weights = std::move(parts.weights);
  state.identity = std::move(parts.identity);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void record_distance(FlowRecord& record, int order, double distance) {
  (order == 1 ? record.w1 : record.w2) = distance;
}

}  // namespace

void validate(const FlowOptions& options) {
  static_cast<void>(GroundCost(options.order));
  const double longest = options.order == 2 ? 1.0 : std::numeric_limits<double>::max();
  if (!(options.step > 0.0 && options.step <= longest)) {
    throw std::invalid_argument(message("step: is ", options.step, ", expected a number above 0",
                                        options.order == 2 ? " and at most 1, the whole way" : ""));
  }
  if (options.clip && options.order == 2) {
    throw std::invalid_argument("clip: a step of order 2 ends at the target at the latest, there is nothing to clip");
  }
  if (options.threads < 0) {
    throw std::invalid_argument(message("threads: is ", options.threads, ", expected 0 (every core) or more"));
  }
  if (options.minibatch && options.displacement != Displacement::barycentric) {
    throw std::invalid_argument("displacement: a minibatch flow moves each particle whole, expected barycentric");
  }
}

EulerFlow::EulerFlow(const DiscreteMeasure& particles, DiscreteMeasure target, FlowOptions options, Points passengers)
    : target_(std::move(target)), options_(validated(std::move(options))), certifier_(judging(options_)) {
  balance(particles, target_, false);
  check_passengers(passengers, target_.dimension());
  state_.particles = state_.images = particles.points();
  state_.weights = particles.weights();
  for (Index i = 0; i < particles.size(); ++i) state_.identity.push_back(i);
  state_.passengers = std::move(passengers);
  if (options_.minibatch) flow::check(*options_.minibatch, state_, target_);
}

EulerFlow::EulerFlow(FlowState state, DiscreteMeasure target, FlowOptions options)
    : target_(std::move(target)),
      options_(validated(std::move(options))),
      certifier_(judging(options_)),
      state_(std::move(state)),
      started_(true) {
  check_shapes(state_, target_);
  balance(DiscreteMeasure(state_.particles, state_.weights), target_, false);
  check_passengers(state_.passengers, target_.dimension());
  const Index psi_size = options_.minibatch ? state_.samples.rows() : target_.size();
  check_potential("state: psi", state_.potentials.psi, psi_size);
  if (options_.minibatch) {
    flow::check(*options_.minibatch, state_, target_);
  } else {
    check_potential("state: phi", state_.potentials.phi, state_.particles.rows());
    check_plan("state: plan", state_.plan, state_.particles.rows(), target_.size());
  }
}

Termination EulerFlow::start() {
  if (started_) return {Termination::Reason::optimal, ""};
  Ahead ahead{state_, effort_};
  return take(ahead, begin(ahead));
}

Termination EulerFlow::step() {
  Ahead ahead{state_, effort_};
  if (!started_) {
    const Termination begun = begin(ahead);
    if (begun.reason != Termination::Reason::optimal) return begun;
  }
  return take(ahead, move(ahead));
}

Termination EulerFlow::take(Ahead& ahead, Termination termination) {
  if (termination.reason != Termination::Reason::optimal) return termination;
  state_ = std::move(ahead.state);
  effort_ = ahead.effort;
  started_ = true;
  return termination;
}

Termination EulerFlow::begin(Ahead& ahead) { return find_potential(ahead, true); }

Termination EulerFlow::move(Ahead& ahead) {
  const auto begun = std::chrono::steady_clock::now();
  flow::take_euler_step(ahead.state, target_, options_);
  ++ahead.state.record.step;
  ahead.state.record.seconds += seconds_since(begun);
  return find_potential(ahead, false);
}

/// Finds the potential of a state, and records what is known then.
Termination EulerFlow::find_potential(Ahead& ahead, bool first) {
  const auto begun = std::chrono::steady_clock::now();
  FlowState& next = ahead.state;
  next.record.time = static_cast<double>(next.record.step) * options_.step;
  next.record.w1 = next.record.w2 = std::nullopt;
  const flow::StepProof proof = options_.minibatch ? flow::find_minibatch_potential(next, target_, options_)
                                                   : flow::find_potential(next, target_, options_, first, certifier_);
  if (proof.termination.reason != Termination::Reason::optimal) return proof.termination;
  if (first && options_.displacement == Displacement::split) split_particles(next, target_);
  if (first && !options_.minibatch && next.plan.is_map()) next.first_lengths = flow::lengths(next);

  next.record.loss = proof.cost;
  next.record.relative_gap = proof.relative_gap;
  next.record.velocity_norm = flow::velocity_norm(next, options_.order);
  next.record.predicted = flow::predicted_distance(next, options_);
  if (!options_.minibatch) {
    record_distance(next.record, options_.order, GroundCost(options_.order).distance(proof.cost));
  }
  next.record.seconds += seconds_since(begun);
  if (options_.both_distances) {
    const Termination recorded = add_distances(next);
    if (recorded.reason != Termination::Reason::optimal) return recorded;
  }
  ++(proof.verified ? ahead.effort.verified : ahead.effort.solved);
  return proof.termination;
}

/// Solves for the distances that a state's record does not have.
Termination EulerFlow::add_distances(FlowState& state) const {
  const DiscreteMeasure particles(state.particles, state.weights);
  SolveOptions solving = flow::solve_options(options_);
  for (const int order : {1, 2}) {
    if ((order == 1 ? state.record.w1 : state.record.w2).has_value()) continue;
    solving.order = order;
    const Solution solution = solve(particles, target_, solving);
    if (solution.termination.reason != Termination::Reason::optimal) return solution.termination;
    record_distance(state.record, order, solution.distance);
  }
  return {Termination::Reason::optimal, ""};
}

Termination EulerFlow::record_distances() {
  FlowState next = state_;
  const Termination recorded = add_distances(next);
  if (recorded.reason == Termination::Reason::optimal) state_ = std::move(next);
  return recorded;
}

Termination EulerFlow::run(Index steps, const std::function<bool(EulerFlow&)>& observe) {
  Termination termination = start();
  while (termination.reason == Termination::Reason::optimal && observe(*this) && state_.record.step < steps) {
    termination = step();
  }
  return termination;
}

FlowBias flow_bias(const EulerFlow& minibatch, const EulerFlow& full) {
  const FlowState& a = minibatch.state();
  const FlowState& b = full.state();
  if (a.record.step != b.record.step || a.identity != b.identity) {
    throw std::invalid_argument("flow_bias: the flows are not of the same particles after the same steps");
  }
  const Vector squares = (a.particles - b.particles).rowwise().squaredNorm();
  FlowBias bias;
  bias.root_mean_square = std::sqrt(weighted_sum(a.weights, squares) / a.weights.sum());
  const int order = minibatch.options().order;
  const auto distance = [order](const FlowState& state) { return order == 1 ? state.record.w1 : state.record.w2; };
  if (distance(a) && distance(b)) bias.excess_distance = *distance(a) - *distance(b);
  return bias;
}

}  // namespace brenier
