#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "brenier/certificate.hpp"
#include "brenier/discrete_measure.hpp"
#include "brenier/displacement.hpp"
#include "brenier/flow_state.hpp"
#include "brenier/monitor.hpp"
#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"

namespace brenier {

/// How the potential of a step is found. Both prove it over all pairs.
enum class Resolve {
  warm,  ///< From the plan and potentials of the step before: verified, and solved on only where that fails.
  cold,  ///< Each step from nothing: slower, and independent of what the steps before claim.
};

/// Each step takes the potential between fresh samples instead of between the whole clouds, as a trainer does.
struct Minibatch {
  Index targets = 0;    ///< Samples of the target in each step, ≥ 1.
  Index particles = 0;  ///< Particles that take part in the solve of each step; 0: all of them.

  /// The law that the targets are drawn from (its `n` and `seed` are not used); otherwise they are rows of the target
  /// cloud, drawn without replacement, with their weights. Both sides are scaled to mass 1.
  std::optional<SampleOptions> law;

  std::uint64_t seed = 0;  ///< Step k draws from a generator of (seed, k): a flow that is resumed draws the same.
};

/// What a flow is asked to do.
struct FlowOptions {
  int order = 2;      ///< p of the potential's cost, 1 or 2.
  double step = 0.1;  ///< ε: for p = 2 the part of the way, 0 < ε ≤ 1; for p = 1 a length, > 0.
  bool clip = false;  ///< p = 1: a step ends at the target at the latest. Without it particles overshoot.
  Resolve resolve = Resolve::warm;
  Displacement displacement = Displacement::barycentric;  ///< `split` cuts the particles once, along the first plan.
  bool both_distances = false;  ///< Record the other order's distance at each step too: one more cold solve a step.
  std::optional<Minibatch> minibatch;
  int threads = 0;             ///< 0 takes every core. Results do not depend on it.
  Monitor* monitor = nullptr;  ///< Progress and cancellation of the solves; not owned, may be null.
};

/// Throws std::invalid_argument for options out of range, or that do not go together, whatever the clouds are.
void validate(const FlowOptions& options);

/// Forward Euler for the gradient flow of W_p(·, μ_d) on particles: Y ← Y − ε∇φ(Y), φ the exact potential of each step.
///
/// p = 2 (Huang & Malik, arXiv 2406.13619): ∇φ(x) = x − T(x), so Y ← (1 − ε)Y + εT(Y). Where the first plan gives each
///   particle one target the flow stays on the geodesic: μ_n = β_{1−(1−ε)ⁿ} and W₂(μ_n, μ_d) = (1 − ε)ⁿ W₂(μ₀, μ_d).
/// p = 1 (Malik & Huang, arXiv 2405.16351): ∇φ(x) = (x − T(x))/|x − T(x)|, so each particle moves by ε. W₁ is then
///   Σ aᵢ (dᵢ − nε)⁺ with dᵢ = |xᵢ − T(xᵢ)| at step 0: to the end with `clip`, without it until the first overshoot.
///
/// Warm steps. Take ψ′ = (1 − ε)ψ for p = 2 and ψ′ = ψ for p = 1, and φ′ so that each particle and its target are
/// tight. For p = 2 this is φ′ᵢ = (1−ε)φᵢ − ε(1−ε)½|xᵢ − T(xᵢ)|², feasible by the identity for ½|(1−ε)u + εw|²; for p =
/// 1 φ′ᵢ = φᵢ − ε, feasible by the triangle inequality until xᵢ overshoots. `certify` checks the pair with the old plan
/// over all n·m pairs: if it proves it, nothing is solved. Otherwise the plan and ψ′ are what the engine starts from.
///
/// Particles keep weight and identity. Particles without mass, and passengers, move by the off-sample gradient
/// (`Potential`); there, warm and cold may differ, since potentials are not unique.
class EulerFlow {
 public:
  /// @param passengers k×d, or nothing.
  /// @throws std::invalid_argument for options out of range, or clouds that cannot be transported onto each other.
  EulerFlow(const DiscreteMeasure& particles, DiscreteMeasure target, FlowOptions options, Points passengers = {});

  /// Goes on from a state with the options it was made with: the steps have the bits of a flow that was never stopped.
  /// @throws std::invalid_argument for a state that does not fit the target.
  EulerFlow(FlowState state, DiscreteMeasure target, FlowOptions options);

  /// Takes the potential of step 0; does nothing when that is done. `step` does it when it is not.
  Termination start();

  /// Moves the particles by the present potential and takes the next one.
  /// @returns optimal, or why not: then the state is that before the call.
  Termination step();

  /// Steps until `steps` are done in all, and shows each state, the present one included, to the observer, who says
  /// whether to go on.
  /// @returns the last step's termination.
  Termination run(Index steps, const std::function<bool(EulerFlow&)>& observe);

  /// Records the distance of the other order at the present step, by a cold solve. In a minibatch flow, of both orders,
  /// to the whole target.
  Termination record_distances();

  const FlowState& state() const { return state_; }
  const FlowRecord& record() const { return state_.record; }
  const DiscreteMeasure& target() const { return target_; }
  const FlowOptions& options() const { return options_; }

  /// How many steps were proven by verification alone, and how many took a solve.
  struct Effort {
    Index verified = 0;
    Index solved = 0;
  };
  const Effort& effort() const { return effort_; }

 private:
  /// What the flow becomes when all of a call succeeds; until then the flow itself is as before.
  struct Ahead {
    FlowState state;
    Effort effort;
  };

  Termination begin(Ahead& ahead);
  Termination move(Ahead& ahead);
  Termination find_potential(Ahead& ahead, bool first);
  Termination take(Ahead& ahead, Termination termination);
  Termination add_distances(FlowState& state) const;

  DiscreteMeasure target_;
  FlowOptions options_;
  Certifier certifier_;
  FlowState state_;
  bool started_ = false;
  Effort effort_;
};

/// How far a minibatch flow has strayed from the full flow.
struct FlowBias {
  /// √Σ aᵢ|yᵢ − zᵢ|² over the mass, between the places of each particle in both: at least W₂ of the two clouds of
  /// mass 1.
  double root_mean_square = 0.0;

  /// W_p(minibatch, μ_d) − W_p(full, μ_d) in the flows' order; empty unless both have it on record.
  std::optional<double> excess_distance;
};

/// Compares two flows of the same particles after the same number of steps.
/// @throws std::invalid_argument when they are not that.
FlowBias flow_bias(const EulerFlow& minibatch, const EulerFlow& full);

}  // namespace brenier
