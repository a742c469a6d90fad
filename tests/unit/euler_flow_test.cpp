#include "brenier/euler_flow.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "support/draw.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

using test::draw;
using Reason = Termination::Reason;

DiscreteMeasure cloud(const EulerFlow& flow) { return {flow.state().particles, flow.state().weights}; }

EulerFlow flow_after(Index steps, const DiscreteMeasure& source, const DiscreteMeasure& target,
                     const FlowOptions& options, const Points& passengers = {}) {
  EulerFlow flow(source, target, options, passengers);
  const Termination end = flow.run(steps, [](EulerFlow&) { return true; });
  EXPECT_EQ(end.reason, Reason::optimal) << end.detail;
  EXPECT_EQ(flow.record().step, steps);
  return flow;
}

FlowOptions flow_options(int order, double step) {
  FlowOptions options;
  options.order = order;
  options.step = step;
  return options;
}

TEST(EulerFlow, MovesPartOfTheWayInOrderTwo) {
  Points source(1, 2), target(1, 2);
  source << 0.0, 4.0;
  target << 8.0, 0.0;
  const EulerFlow flow = flow_after(1, DiscreteMeasure(source), DiscreteMeasure(target), flow_options(2, 0.25));
  EXPECT_EQ(flow.state().particles, (Points(1, 2) << 2.0, 3.0).finished());
  EXPECT_EQ(flow.record().time, 0.25);
  // Two roundings of a square root of 45.
  EXPECT_NEAR(*flow.record().w2, std::sqrt(45.0), 1e-15 * 7);
  EXPECT_NEAR(flow.record().loss, 22.5, 1e-14);
  EXPECT_FALSE(flow.record().w1.has_value());
}

TEST(EulerFlow, MovesByALengthInOrderOne) {
  Points source(1, 2), target(1, 2);
  source << 0.0, 0.0;
  target << 6.0, 8.0;
  const EulerFlow flow = flow_after(2, DiscreteMeasure(source), DiscreteMeasure(target), flow_options(1, 2.5));
  EXPECT_LE((flow.state().particles - (Points(1, 2) << 3.0, 4.0).finished()).norm(), 1e-15 * 5);
  EXPECT_NEAR(*flow.record().w1, 5.0, 1e-15 * 5);
  EXPECT_EQ(flow.record().velocity_norm, 1.0);
}

TEST(EulerFlow, OvershootsOnlyWithoutClip) {
  Points source(1, 1), target(1, 1);
  source << 0.0;
  target << 1.0;
  FlowOptions options = flow_options(1, 0.75);
  EulerFlow free = flow_after(2, DiscreteMeasure(source), DiscreteMeasure(target), options);
  EXPECT_EQ(free.state().particles(0, 0), 1.5);
  EXPECT_FALSE(free.record().predicted.has_value());
  options.clip = true;
  EulerFlow clipped = flow_after(2, DiscreteMeasure(source), DiscreteMeasure(target), options);
  EXPECT_EQ(clipped.state().particles(0, 0), 1.0);
  EXPECT_EQ(clipped.record().velocity_norm, 0.0);
  EXPECT_EQ(*clipped.record().predicted, 0.0);
  EXPECT_EQ(*clipped.record().w1, 0.0);
}

/// Order, clip.
class WarmAndCold : public testing::TestWithParam<std::tuple<int, bool>> {};

INSTANTIATE_TEST_SUITE_P(Orders, WarmAndCold,
                         testing::Values(std::tuple(2, false), std::tuple(1, false), std::tuple(1, true)));

TEST_P(WarmAndCold, GiveTheSameFlow) {
  const auto [order, clip] = GetParam();
  const DiscreteMeasure source = draw("gaussian", 150, 3), target = draw("ring", 150, 4);
  FlowOptions options = flow_options(order, 0.08);
  options.clip = clip;
  const EulerFlow warm = flow_after(15, source, target, options);
  options.resolve = Resolve::cold;
  const EulerFlow cold = flow_after(15, source, target, options);
  EXPECT_EQ(cold.effort().verified, 0);
  // The matchings are unique: particles go to the same targets, in the same arithmetic.
  EXPECT_EQ(warm.state().particles, cold.state().particles);
  EXPECT_NEAR(warm.record().loss, cold.record().loss, 1e-14);
}

TEST(EulerFlow, SolvesAgainWhereParticlesOvershoot) {
  const EulerFlow flow = flow_after(10, draw("gaussian", 150, 3), draw("ring", 150, 4), flow_options(1, 0.3));
  EXPECT_GT(flow.effort().solved, 1);
  EXPECT_EQ(flow.effort().solved + flow.effort().verified, 11);
}

TEST(EulerFlow, KeepsToTheTheoremWithSplitParticles) {
  const DiscreteMeasure source = draw("gaussian", 30, 5), target = draw("ring", 47, 6);
  FlowOptions options = flow_options(2, 0.2);
  options.displacement = Displacement::split;
  const EulerFlow flow = flow_after(10, source, target, options);
  EXPECT_GT(flow.state().particles.rows(), 30);
  EXPECT_EQ(flow.effort().solved, 1);
  SolveOptions solving;
  const double start = solve(source, target, solving).distance;
  const double expected = std::pow(0.8, 10) * start;
  EXPECT_NEAR(solve(cloud(flow), target, solving).distance, expected, 1e-12);
  EXPECT_NEAR(*flow.record().predicted, expected, 1e-12);
  // The parts of a particle have its mass: sums of at most 47 doubles below 1/30.
  Vector mass = Vector::Zero(30);
  for (Index k = 0; k < flow.state().weights.size(); ++k) {
    mass[flow.state().identity[static_cast<std::size_t>(k)]] += flow.state().weights[k];
  }
  EXPECT_LE((mass - source.weights()).cwiseAbs().maxCoeff(), 1e-15);
}

TEST(EulerFlow, PredictsNothingForTheBarycentricProjection) {
  const DiscreteMeasure source = draw("gaussian", 30, 5), target = draw("ring", 47, 6);
  const EulerFlow flow = flow_after(3, source, target, flow_options(2, 0.2));
  EXPECT_EQ(flow.state().particles.rows(), 30);
  EXPECT_FALSE(flow.record().predicted.has_value());
  FlowOptions options = flow_options(2, 0.2);
  options.displacement = Displacement::matching;
  EulerFlow matching(source, target, options);
  EXPECT_THROW(matching.start(), std::invalid_argument);
}

TEST(EulerFlow, MovesPassengersAndPointsWithoutMassByTheOffSamplePotential) {
  const DiscreteMeasure target = draw("ring", 40, 8);
  const DiscreteMeasure plain = draw("gaussian", 40, 7);
  Points points(41, 2);
  points << plain.points(), 0.3, -0.2;
  Vector weights = Vector::Constant(41, 1.0 / 40);
  weights[40] = 0.0;
  Points passenger(1, 2);
  passenger << 0.3, -0.2;
  for (const int order : {1, 2}) {
    const FlowOptions options = flow_options(order, 0.1);
    EulerFlow flow(DiscreteMeasure(points, weights), target, options, passenger);
    ASSERT_EQ(flow.start().reason, Reason::optimal);
    const Potential potential(order, target.points(), flow.state().potentials.psi);
    const Points expected = passenger - 0.1 * potential.gradient(passenger);
    ASSERT_EQ(flow.step().reason, Reason::optimal);
    // The same sum in another order.
    EXPECT_LE((flow.state().passengers - expected).norm(), 1e-15);
    EXPECT_LE((flow.state().particles.row(40) - expected.row(0)).norm(), 1e-15);
    // Nor do they change what the others do.
    EXPECT_EQ(flow.state().particles.topRows(40), flow_after(1, plain, target, options).state().particles);
  }
}

TEST(EulerFlow, GoesOnFromItsStateBitByBit) {
  const DiscreteMeasure source = draw("gaussian", 60, 1), target = draw("ring", 60, 2);
  for (const int order : {1, 2}) {
    const FlowOptions options = flow_options(order, 0.15);
    const EulerFlow unbroken = flow_after(12, source, target, options);
    EulerFlow resumed(flow_after(5, source, target, options).state(), target, options);
    resumed.run(12, [](EulerFlow&) { return true; });
    EXPECT_EQ(resumed.state().particles, unbroken.state().particles);
    EXPECT_EQ(resumed.state().potentials.psi, unbroken.state().potentials.psi);
    EXPECT_EQ(resumed.record().loss, unbroken.record().loss);
  }
}

TEST(EulerFlow, RecordsBothDistancesWhenAsked) {
  const DiscreteMeasure source = draw("gaussian", 60, 1), target = draw("ring", 60, 2);
  FlowOptions options = flow_options(2, 0.5);
  options.both_distances = true;
  const EulerFlow flow = flow_after(1, source, target, options);
  SolveOptions solving;
  solving.order = 1;
  EXPECT_EQ(*flow.record().w1, solve(cloud(flow), target, solving).distance);
  EXPECT_LE(*flow.record().w1, *flow.record().w2);
}

/// Asks to stop when told to, or from a question on.
class Stop : public Monitor {
 public:
  bool stop_requested() noexcept override {
    const Index question = asked++;
    return stop || (stop_at >= 0 && question >= stop_at);
  }
  bool stop = false;
  Index stop_at = -1;
  Index asked = 0;
};

TEST(EulerFlow, StaysWhereItIsWhenTheOtherDistanceIsStopped) {
  const DiscreteMeasure source = draw("gaussian", 200, 1), target = draw("ring", 200, 2);
  Stop monitor;
  FlowOptions options = flow_options(2, 0.1);
  options.both_distances = true;
  options.monitor = &monitor;
  EulerFlow flow(source, target, options);
  ASSERT_EQ(flow.start().reason, Reason::optimal);
  const FlowState before = flow.state();
  const Index verified = flow.effort().verified;
  // A warm step is proven without a solve; W1 beside it is what stops.
  monitor.stop = true;
  EXPECT_EQ(flow.step().reason, Reason::interrupted);
  EXPECT_EQ(flow.state().particles, before.particles);
  EXPECT_EQ(flow.record().step, 0);
  EXPECT_EQ(flow.record().w1, before.record.w1);
  EXPECT_EQ(flow.effort().verified, verified);
  monitor.stop = false;
  EXPECT_EQ(flow.step().reason, Reason::optimal);
  EXPECT_EQ(flow.record().step, 1);
  EXPECT_EQ(flow.effort().verified, verified + 1);
}

TEST(EulerFlow, StaysWhereItIsWhenASolveIsStopped) {
  const DiscreteMeasure source = draw("gaussian", 500, 1), target = draw("ring", 500, 2);
  Stop monitor;
  FlowOptions options = flow_options(2, 0.1);
  options.resolve = Resolve::cold;
  options.monitor = &monitor;
  EulerFlow flow(source, target, options);
  ASSERT_EQ(flow.start().reason, Reason::optimal);
  const Points before = flow.state().particles;
  monitor.stop = true;
  EXPECT_EQ(flow.step().reason, Reason::interrupted);
  EXPECT_EQ(flow.state().particles, before);
  EXPECT_EQ(flow.record().step, 0);
  monitor.stop = false;
  EXPECT_EQ(flow.step().reason, Reason::optimal);
  EXPECT_EQ(flow.record().step, 1);
}

TEST(EulerFlow, IsNotBegunByAStepThatFails) {
  const DiscreteMeasure source = draw("gaussian", 200, 1), target = draw("ring", 200, 2);
  // Stopped within step 0 or within the step after it.
  Stop monitor;
  FlowOptions options = flow_options(2, 0.1);
  options.both_distances = true;
  options.monitor = &monitor;
  EulerFlow reference(source, target, options);
  ASSERT_EQ(reference.step().reason, Reason::optimal);
  const Index asked = std::exchange(monitor.asked, 0);

  bool failed_later = false;
  for (Index stop_at = 0; stop_at < asked; stop_at += 1 + asked / 50) {
    EulerFlow flow(source, target, options);
    monitor.asked = 0;
    monitor.stop_at = stop_at;
    if (flow.step().reason == Reason::optimal) continue;
    EXPECT_EQ(flow.record().step, 0);
    EXPECT_FALSE(flow.record().w2) << "stopped at question " << stop_at << " of " << asked;
    EXPECT_EQ(flow.effort().solved, 0);
    EXPECT_TRUE(flow.state().plan.entries.empty());
    failed_later |= stop_at > asked / 2;
    monitor.stop_at = -1;
    EXPECT_EQ(flow.step().reason, Reason::optimal);
    EXPECT_EQ(flow.state().particles, reference.state().particles);
  }
  EXPECT_TRUE(failed_later);
}

TEST(EulerFlow, RefusesOptionsWithoutMeaning) {
  const DiscreteMeasure a = draw("gaussian", 5, 1), b = draw("ring", 5, 2);
  const auto expect_refusal = [&](const FlowOptions& options, const char* text) {
    EXPECT_MESSAGE(EulerFlow(a, b, options), std::invalid_argument, text);
    EXPECT_MESSAGE(validate(options), std::invalid_argument, text);
  };
  expect_refusal(flow_options(2, 1.5), "step: is 1.5, expected a number above 0 and at most 1, the whole way");
  expect_refusal(flow_options(1, 0.0), "step: is 0, expected a number above 0");
  FlowOptions clipped = flow_options(2, 0.5);
  clipped.clip = true;
  expect_refusal(clipped, "clip: a step of order 2 ends at the target at the latest, there is nothing to clip");
  EXPECT_THROW(EulerFlow(a, b, flow_options(3, 0.5)), std::invalid_argument);
  EXPECT_THROW(EulerFlow(a, DiscreteMeasure(Points::Zero(5, 3)), {}), std::invalid_argument);
  EXPECT_THROW(EulerFlow(a, b, {}, Points::Zero(2, 3)), std::invalid_argument);
}

TEST(MinibatchFlow, WithAllTargetsIsTheFullFlow) {
  const DiscreteMeasure source = draw("gaussian", 40, 1), target = draw("ring", 40, 2);
  FlowOptions options = flow_options(2, 0.2);
  const EulerFlow full = flow_after(4, source, target, options);
  options.minibatch = Minibatch{40, 0, std::nullopt, 9};
  EulerFlow batch = flow_after(4, source, target, options);
  EXPECT_EQ(batch.state().particles, full.state().particles);
  ASSERT_EQ(batch.record_distances().reason, Reason::optimal);
  const FlowBias bias = flow_bias(batch, full);
  EXPECT_EQ(bias.root_mean_square, 0.0);
  EXPECT_NEAR(*bias.excess_distance, 0.0, 1e-15);
}

TEST(MinibatchFlow, DependsOnTheSeedAndNotOnABreak) {
  const DiscreteMeasure source = draw("gaussian", 60, 1), target = draw("ring", 200, 2);
  FlowOptions options = flow_options(2, 0.2);
  options.minibatch = Minibatch{30, 20, std::nullopt, 1};
  const EulerFlow unbroken = flow_after(6, source, target, options);
  EulerFlow resumed(flow_after(3, source, target, options).state(), target, options);
  resumed.run(6, [](EulerFlow&) { return true; });
  EXPECT_EQ(resumed.state().particles, unbroken.state().particles);
  options.minibatch->seed = 2;
  EXPECT_NE(flow_after(6, source, target, options).state().particles, unbroken.state().particles);
}

TEST(MinibatchFlow, HasABiasThatFallsWithTheSizeOfTheSample) {
  const DiscreteMeasure source = draw("gaussian", 100, 1), target = draw("ring", 400, 2);
  FlowOptions options = flow_options(2, 0.2);
  const EulerFlow full = flow_after(8, source, target, options);
  const auto bias = [&](Index targets) {
    options.minibatch = Minibatch{targets, 0, std::nullopt, 5};
    return flow_bias(flow_after(8, source, target, options), full).root_mean_square;
  };
  // One target for all particles against nearly all targets: tenfold at least, whatever the draw.
  EXPECT_GT(bias(1), 10.0 * bias(399));
}

TEST(MinibatchFlow, DrawsFromALaw) {
  const DiscreteMeasure source = draw("gaussian", 50, 1), target = draw("ring", 50, 2);
  FlowOptions options = flow_options(2, 1.0);
  SampleOptions law;
  law.kind = "dirac";
  options.minibatch = Minibatch{5, 0, law, 0};
  const EulerFlow flow = flow_after(1, source, target, options);
  EXPECT_EQ(flow.state().particles, Points::Zero(50, 2));

  law.dimension = 3;
  options.minibatch->law = law;
  EXPECT_MESSAGE(EulerFlow(source, target, options), std::invalid_argument,
                 "minibatch: the law dirac has dimension 3, but the clouds have 2");
  options.minibatch = Minibatch{51, 0, std::nullopt, 0};
  EXPECT_MESSAGE(EulerFlow(source, target, options), std::invalid_argument,
                 "minibatch: targets is 51, expected 1 to 50, the points that carry mass");
}

}  // namespace
}  // namespace brenier
