#include "flow_under_test.hpp"

#include <utility>

#include "cold_solve.hpp"

namespace brenier::validation {
namespace {

FlowOptions in_setting(FlowOptions options, const Setting& setting) {
  options.threads = setting.threads;
  options.monitor = setting.monitor;
  if (setting.fault == Fault::step) options.step *= 1.01;
  // A step the wrong way leaves nothing of what is known of the next one.
  if (setting.fault == Fault::sign) options.resolve = Resolve::cold;
  return options;
}

void require_proven(const Termination& termination) {
  if (termination.reason == Termination::Reason::optimal) return;
  throw NotProven("a step of the flow ended as " + to_string(termination.reason));
}

}  // namespace

FlowUnderTest::FlowUnderTest(const DiscreteMeasure& source, const DiscreteMeasure& target, FlowOptions options,
                             const Setting& setting)
    : fault_(setting.fault), flow_(source, target, in_setting(std::move(options), setting)) {
  require_proven(flow_.start());
}

void FlowUnderTest::advance_to(Index steps) {
  while (flow_.record().step < steps) {
    if (fault_ == Fault::sign) turn_round();
    require_proven(flow_.step());
  }
}

/// Mirrors each image T(x) at its particle: the next step then leads the other way.
void FlowUnderTest::turn_round() {
  FlowState state = flow_.state();
  state.images = 2.0 * state.particles - state.images;
  flow_ = EulerFlow(std::move(state), flow_.target(), flow_.options());
}

}  // namespace brenier::validation
