#pragma once

#include "brenier/euler_flow.hpp"

namespace brenier::validation {

/// A fault that is put into a flow on purpose, to see that the validation finds it.
enum class Fault {
  none,
  sign,  ///< Particles go along +∇φ, away from the target.
  step,  ///< ε is 1 % too long.
};

struct Setting;

/// A flow with the fault that the validation was told to put in; without one, `EulerFlow` as it is.
class FlowUnderTest {
 public:
  /// @param options with the step as the theory means it; threads and monitor are the setting's.
  FlowUnderTest(const DiscreteMeasure& source, const DiscreteMeasure& target, FlowOptions options,
                const Setting& setting);

  /// Steps until `steps` are done in all. @throws NotProven
  void advance_to(Index steps);

  /// The particles at the present step.
  DiscreteMeasure cloud() const { return {flow_.state().particles, flow_.state().weights}; }

  const FlowState& state() const { return flow_.state(); }

 private:
  void turn_round();

  Fault fault_;
  EulerFlow flow_;
};

}  // namespace brenier::validation
