// The statements of the flow papers on particles, each against cold solves that know nothing of a flow.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "brenier/euler_flow.hpp"
#include "brenier/geodesic.hpp"
#include "support/draw.hpp"

namespace brenier {
namespace {

using test::draw;

/// 1e-10 relative is what is asked for. A distance of W carries the rounding of coordinates of size 1: at most a few
/// 1e-16/W relative a particle, which is 1e-13 for the smallest W here, 1e-3.
constexpr double tolerance = 1e-10;

Solution solve_cold(const DiscreteMeasure& source, const DiscreteMeasure& target, int order) {
  SolveOptions options;
  options.order = order;
  Solution solution = solve(source, target, options);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal);
  return solution;
}

double cold_distance(const DiscreteMeasure& source, const DiscreteMeasure& target, int order = 2) {
  return solve_cold(source, target, order).distance;
}

DiscreteMeasure cloud(const EulerFlow& flow) { return {flow.state().particles, flow.state().weights}; }

/// A Gaussian cloud and a ring of n points each.
class FlowStatements : public testing::TestWithParam<Index> {
 protected:
  const DiscreteMeasure source_ = draw("gaussian", GetParam(), 1);
  const DiscreteMeasure target_ = draw("ring", GetParam(), 2);
};

INSTANTIATE_TEST_SUITE_P(Ring, FlowStatements, testing::Values(512, 2000), testing::PrintToStringParamName());

TEST_P(FlowStatements, GeodesicHasConstantSpeed) {
  const Solution solution = solve_cold(source_, target_, 2);
  const Geodesic geodesic(source_, target_, solution.plan, Displacement::matching);
  const std::vector<std::pair<double, double>> pairs = {{0.0, 0.3}, {0.1, 0.9}, {0.25, 0.75}, {0.6, 1.0}};
  for (const auto& [r, s] : pairs) {
    const double expected = (s - r) * solution.distance;
    EXPECT_NEAR(cold_distance(geodesic.at(r), geodesic.at(s)), expected, tolerance * expected) << r << " " << s;
  }
}

TEST_P(FlowStatements, DistanceAndVelocityDecayExponentiallyAlongTheGradientFlow) {
  const Solution solution = solve_cold(source_, target_, 2);
  const Geodesic geodesic(source_, target_, solution.plan, Displacement::matching);
  for (const double t : {0.2, 1.0, 3.0}) {
    const double expected = std::exp(-t) * solution.distance;
    EulerFlow flow(geodesic.at_time(t), target_, {});
    ASSERT_EQ(flow.start().reason, Termination::Reason::optimal);
    EXPECT_NEAR(*flow.record().w2, expected, tolerance * expected);
    EXPECT_NEAR(flow.record().velocity_norm, expected, tolerance * expected);
  }
}

TEST_P(FlowStatements, LossFallsByTheSquaredVelocity) {
  const Solution solution = solve_cold(source_, target_, 2);
  const Geodesic geodesic(source_, target_, solution.plan, Displacement::matching);
  const double t = 0.5, h = 1e-3;
  const auto loss = [&](double time) { return 0.5 * std::pow(cold_distance(geodesic.at_time(time), target_), 2); };
  const double slope = (loss(t + h) - loss(t - h)) / (2 * h);
  // The central difference of −½W₀²e^{−2t} is off by the factor sinh(2h)/2h − 1 ≤ 0.7 h².
  const double expected = -std::exp(-2 * t) * solution.distance * solution.distance;
  EXPECT_NEAR(slope, expected, h * h * std::abs(expected));
}

TEST_P(FlowStatements, EulerStaysOnTheGeodesic) {
  const Solution solution = solve_cold(source_, target_, 2);
  const Geodesic geodesic(source_, target_, solution.plan, Displacement::matching);
  FlowOptions options;
  options.step = 0.1;
  EulerFlow flow(source_, target_, options);
  const Termination end = flow.run(60, [&](EulerFlow& at) {
    const Index n = at.record().step;
    if (n % 20 != 0) return true;
    const double rest = std::pow(1.0 - options.step, static_cast<double>(n));
    const double expected = rest * solution.distance;
    EXPECT_NEAR(cold_distance(cloud(at), target_), expected, tolerance * expected) << n;
    EXPECT_NEAR(*at.record().w2, expected, tolerance * expected) << n;
    EXPECT_NEAR(*at.record().predicted, expected, tolerance * expected) << n;
    EXPECT_NEAR(at.record().velocity_norm, expected, tolerance * expected) << n;
    // The cloud itself, not only its distance: each coordinate to the rounding of n steps.
    EXPECT_LE((at.state().particles - geodesic.at(1.0 - rest).points()).cwiseAbs().maxCoeff(), 1e-14) << n;
    return true;
  });
  EXPECT_EQ(end.reason, Termination::Reason::optimal);
  EXPECT_EQ(flow.effort().solved, 1);
  EXPECT_EQ(flow.effort().verified, 60);
}

TEST_P(FlowStatements, EulerConvergesInFirstOrder) {
  const Solution solution = solve_cold(source_, target_, 2);
  const double t = 1.0;
  const DiscreteMeasure limit = Geodesic(source_, target_, solution.plan, Displacement::matching).at_time(t);
  std::vector<double> log_step, log_error;
  for (const int steps : {32, 64, 128}) {
    FlowOptions options;
    options.step = t / steps;
    EulerFlow flow(source_, target_, options);
    flow.run(steps, [](EulerFlow&) { return true; });
    const double error = cold_distance(cloud(flow), limit);
    const double expected = std::abs(std::pow(1.0 - options.step, steps) - std::exp(-t)) * solution.distance;
    EXPECT_NEAR(error, expected, tolerance * solution.distance);
    log_step.push_back(std::log(options.step));
    log_error.push_back(std::log(error));
  }
  const double order = (log_error.front() - log_error.back()) / (log_step.front() - log_step.back());
  EXPECT_GE(order, 0.95);
  EXPECT_LE(order, 1.05);
}

TEST_P(FlowStatements, W1FallsByTheStepUntilTheFirstOvershoot) {
  // Far apart, so that every particle has a way to go.
  const DiscreteMeasure far(source_.points().rowwise() + Eigen::RowVector2d(8.0, 0.0));
  const double start = cold_distance(far, target_, 1);
  FlowOptions options;
  options.order = 1;
  options.step = 0.05;
  EulerFlow flow(far, target_, options);
  const Termination end = flow.run(20, [&](EulerFlow& at) {
    const Index n = at.record().step;
    const double expected = start - static_cast<double>(n) * options.step;
    EXPECT_NEAR(*at.record().w1, expected, tolerance * expected) << n;
    EXPECT_NEAR(at.record().predicted.value_or(0.0), expected, tolerance * expected) << n;
    EXPECT_NEAR(at.record().velocity_norm, 1.0, 1e-14) << n;
    if (n % 10 == 0) {
      EXPECT_NEAR(cold_distance(cloud(at), target_, 1), expected, tolerance * expected) << n;
    }
    return true;
  });
  EXPECT_EQ(end.reason, Termination::Reason::optimal);
}

TEST_P(FlowStatements, ClippedW1FlowFollowsTheMatchingToItsEnd) {
  const Solution solution = solve_cold(source_, target_, 1);
  FlowOptions options;
  options.order = 1;
  options.step = 0.1;
  options.clip = true;
  EulerFlow flow(source_, target_, options);
  const Termination end = flow.run(16, [&](EulerFlow& at) {
    const Index n = at.record().step;
    if (n % 8 != 0) return true;
    double expected = 0.0;
    for (const PlanEntry& entry : solution.plan.entries) {
      const double length = (source_.points().row(entry.source) - target_.points().row(entry.target)).norm();
      expected += entry.mass * std::max(0.0, length - static_cast<double>(n) * options.step);
    }
    EXPECT_NEAR(*at.record().w1, expected, tolerance * solution.distance) << n;
    EXPECT_NEAR(*at.record().predicted, expected, tolerance * solution.distance) << n;
    EXPECT_NEAR(cold_distance(cloud(at), target_, 1), expected, tolerance * solution.distance) << n;
    return true;
  });
  EXPECT_EQ(end.reason, Termination::Reason::optimal);
}

}  // namespace
}  // namespace brenier
