#include "brenier/solve.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

SolveOptions with_order(int order) {
  SolveOptions options;
  options.order = order;
  return options;
}

TEST(Solve, FindsThePlanPotentialsAndProof) {
  const DiscreteMeasure source((Points(2, 2) << 0, 0, 4, 0).finished());
  const DiscreteMeasure target((Points(2, 2) << 4, 3, 0, 3).finished());
  const Solution solution = solve(source, target);
  EXPECT_EQ(solution.distance, 3.0);
  EXPECT_EQ(solution.plan.entries, (std::vector<PlanEntry>{{0, 1, 0.5}, {1, 0, 0.5}}));
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal);
  EXPECT_TRUE(solution.certificate.proves_optimality());
  EXPECT_EQ(solution.stats.engine, "line");  // Two lines that are parallel to an axis differ by a shift.
  // Both halves of the dual value are equal, up to the rounding of numbers of size 5.
  EXPECT_NEAR(solution.potentials.phi.mean(), 2.25, 5 * 8 * 0x1p-53);
  EXPECT_NEAR(solution.potentials.psi.mean(), 2.25, 5 * 8 * 0x1p-53);
}

TEST(Solve, TakesTheLineForOneDimension) {
  const DiscreteMeasure source((Points(3, 1) << 5, 1, 3).finished());
  const DiscreteMeasure target((Points(2, 1) << 7, 3).finished());
  const Solution solution = solve(source, target, with_order(1));
  EXPECT_EQ(solution.stats.engine, "line");
  EXPECT_EQ(solution.plan.entries.size(), 4u);
  EXPECT_NEAR(solution.distance, 2.0, 4 * 0x1p-53 * 7);  // ⅓·2 + (1/6)·0 + (1/6)·4 + ⅓·2
}

TEST(Solve, LooksOnlyAtCoordinatesThatTellPointsApart) {
  test::RandomClouds random(34);
  const auto between = [](const Points& points, double before, double after) {
    Points wider(points.rows(), points.cols() + 2);
    wider << Points::Constant(points.rows(), 1, before), points, Points::Constant(points.rows(), 1, after);
    return wider;
  };
  for (const int order : {1, 2}) {
    for (const Index dimension : {1, 2, 3}) {
      const Points x = random.normal_points(600, dimension), y = random.normal_points(590, dimension);
      const Solution narrow = solve(DiscreteMeasure(x), DiscreteMeasure(y), with_order(order));
      const Solution wide =
          solve(DiscreteMeasure(between(x, 3.0, -0.1)), DiscreteMeasure(between(y, 3.0, -0.1)), with_order(order));
      EXPECT_EQ(wide.stats.engine, dimension == 1 ? "line" : "multiscale");
      EXPECT_EQ(wide.stats.pivots, narrow.stats.pivots);
      EXPECT_EQ(wide.plan.entries, narrow.plan.entries);
      EXPECT_EQ(wide.distance, narrow.distance);
      EXPECT_EQ(wide.potentials.phi, narrow.potentials.phi);
      EXPECT_TRUE(wide.certificate.proves_optimality());

      // Planes side by side: for p = 2 the shift adds up to the square, for p = 1 it does not.
      const Solution apart =
          solve(DiscreteMeasure(between(x, 3.0, 0.0)), DiscreteMeasure(between(y, 0.0, 4.0)), with_order(order));
      EXPECT_TRUE(apart.certificate.proves_optimality());
      if (order == 2) {
        EXPECT_EQ(apart.plan.entries, narrow.plan.entries);
        EXPECT_NEAR(apart.distance, std::hypot(narrow.distance, 5.0), 1e-14);
      } else {
        EXPECT_GT(apart.distance, 5.0);
        EXPECT_LT(apart.distance, narrow.distance + 5.0);
      }
    }
  }
}

TEST(Solve, HasEqualDistanceWithBothEnginesOnALine) {
  test::RandomClouds random(31);
  for (int instance = 0; instance < 50; ++instance) {
    const DiscreteMeasure source = random.awkward_measure(random.integer(1, 40), 1);
    const DiscreteMeasure target = random.awkward_measure(random.integer(1, 40), 1);
    SolveOptions options = with_order(1 + instance % 2);
    options.normalize = true;
    const Solution line = solve(source, target, options);
    options.engine = EngineKind::lemon;
    const Solution lemon = solve(source, target, options);
    // Both are proven to 1e-12 of the larger of the cost and its scale.
    const double scale = std::max(line.certificate.primal, line.certificate.cost_scale);
    EXPECT_NEAR(line.certificate.primal, lemon.certificate.primal, 2e-12 * scale);
  }
}

TEST(Solve, KeepsTheUnitsOfMass) {
  const DiscreteMeasure source(Points::Zero(1, 2), Vector::Constant(1, 3.0));
  const DiscreteMeasure target((Points(2, 2) << 2, 0, 0, 2).finished(), Eigen::Vector2d(1, 2));
  const Solution solution = solve(source, target);
  EXPECT_EQ(solution.certificate.primal, 6.0);  // 3 · ½ · 2²
  EXPECT_EQ(solution.plan.entries, (std::vector<PlanEntry>{{0, 0, 1.0}, {0, 1, 2.0}}));
  SolveOptions normalize;
  normalize.normalize = true;
  EXPECT_NEAR(solve(source, target, normalize).certificate.primal, 2.0, 4 * 0x1p-52);  // Thirds are no doubles.
}

TEST(Solve, TakesMassesThatAgreeUpToRounding) {
  const DiscreteMeasure source(Points::Zero(1, 1), Vector::Constant(1, 1.0 + 1e-12));
  const DiscreteMeasure target(Points::Ones(1, 1));
  EXPECT_EQ(solve(source, target).termination.reason, Termination::Reason::optimal);
}

TEST(Solve, RefusesAMistakeOfTheCallerByName) {
  const DiscreteMeasure plane(Points::Identity(2, 2));
  const DiscreteMeasure space(Points::Identity(2, 3));
  const DiscreteMeasure heavy(Points::Identity(2, 2), Vector::Ones(2));
  EXPECT_MESSAGE(solve(plane, space), std::invalid_argument, "target: dimension 3, but the source has 2");
  EXPECT_MESSAGE(solve(plane, heavy), std::invalid_argument, "target: total mass 2, but the source has 1; normalize");
  EXPECT_MESSAGE(solve(plane, plane, with_order(3)), std::invalid_argument, "order: is 3, expected 1 or 2");
  SolveOptions options;
  options.time_limit = 0.0;
  EXPECT_MESSAGE(solve(plane, plane, options), std::invalid_argument, "time_limit: is 0 s");
  options.time_limit = 0.0 / 0.0;
  EXPECT_MESSAGE(solve(plane, plane, options), std::invalid_argument, "time_limit");
  options = {};
  options.engine = EngineKind::line;
  EXPECT_MESSAGE(solve(plane, plane, options), std::invalid_argument, "engine: line solves dimension 1");
  options = {};
  options.threads = -1;
  EXPECT_MESSAGE(solve(plane, plane, options), std::invalid_argument, "threads: is -1");
}

TEST(Solve, RefusesWhatDoesNotFitIntoMemory) {
  const DiscreteMeasure large(Points::Zero(40000, 2));
  const DiscreteMeasure larger(Points::Zero(4000000, 2));
  SolveOptions options;
  options.engine = EngineKind::lemon;
  EXPECT_MESSAGE(solve(large, larger, options), std::length_error, "40000 sources and 4000000 targets");
}

class Interrupt : public Monitor {
 public:
  bool stop_requested() noexcept override { return true; }
};

TEST(Solve, ReturnsAFeasiblePlanAndAProvenBoundWhenInterrupted) {
  test::RandomClouds random(32);
  const DiscreteMeasure source(random.normal_points(200, 2));
  const DiscreteMeasure target(random.normal_points(170, 2));
  for (const int order : {1, 2}) {
    Interrupt monitor;
    SolveOptions options = with_order(order);
    options.monitor = &monitor;
    const Solution stopped = solve(source, target, options);
    EXPECT_EQ(stopped.termination.reason, Termination::Reason::interrupted);
    EXPECT_FALSE(stopped.termination.detail.empty());
    EXPECT_LE(stopped.certificate.marginal_residual, 1e-15);
    options.monitor = nullptr;
    const Solution optimum = solve(source, target, options);
    EXPECT_LE(stopped.certificate.lower_bound, optimum.certificate.primal);
    EXPECT_GT(stopped.certificate.lower_bound, 0.0);
    EXPECT_GT(stopped.certificate.primal, optimum.certificate.primal);
  }
}

/// Solves a problem of its own whenever it is told of progress.
class SolvingMonitor : public Monitor {
 public:
  bool stop_requested() noexcept override { return false; }
  void report(const Progress&) override {
    test::RandomClouds random(36);
    SolveOptions options;
    options.engine = EngineKind::lemon;
    inner = solve(DiscreteMeasure(random.normal_points(20, 2)), DiscreteMeasure(random.normal_points(20, 2)), options);
  }
  Solution inner;
};

TEST(Solve, LetsAMonitorSolveAProblemOfItsOwn) {
  test::RandomClouds random(35);
  const DiscreteMeasure source(random.normal_points(150, 2)), target(random.normal_points(150, 2));
  SolvingMonitor monitor;
  SolveOptions options;
  options.engine = EngineKind::lemon;
  const Solution alone = solve(source, target, options);
  options.monitor = &monitor;
  const Solution watched = solve(source, target, options);
  EXPECT_EQ(watched.plan.entries, alone.plan.entries);
  EXPECT_EQ(watched.termination.reason, Termination::Reason::optimal);
  EXPECT_EQ(monitor.inner.termination.reason, Termination::Reason::optimal);
}

/// Takes note of the rounds that it hears of.
class Rounds : public Monitor {
 public:
  void report(const Progress& progress) override {
    if (progress.round >= 0) heard.push_back(progress.round);
  }
  std::vector<int> heard;
};

TEST(Solve, CountsRoundsFromOneWithEveryEngine) {
  test::RandomClouds random(37);
  const DiscreteMeasure source(random.normal_points(300, 2)), target(random.normal_points(300, 2));
  for (const EngineKind engine : {EngineKind::lemon, EngineKind::multiscale}) {
    Rounds monitor;
    SolveOptions options;
    options.engine = engine;
    options.monitor = &monitor;
    solve(source, target, options);
    ASSERT_FALSE(monitor.heard.empty());
    EXPECT_EQ(monitor.heard.front(), 1);
  }
}

TEST(Solve, HonoursTheTimeLimit) {
  test::RandomClouds random(33);
  const DiscreteMeasure source(random.normal_points(1000, 2));
  const DiscreteMeasure target(random.normal_points(1000, 2));
  SolveOptions options;
  options.time_limit = 1e-3;  // Less than it takes to write down a million costs and find the optimum.
  const Solution solution = solve(source, target, options);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::time_limit);
  EXPECT_LE(solution.certificate.lower_bound, solution.certificate.primal);
  EXPECT_LE(solution.certificate.marginal_residual, 1e-15);
}

TEST(Solve, NamesItsReasonsAndEngines) {
  EXPECT_EQ(to_string(Solution().termination.reason), "not_run");
  EXPECT_EQ(to_string(Termination::Reason::time_limit), "time_limit");
  EXPECT_EQ(to_string(EngineKind::automatic), "auto");
  EXPECT_EQ(to_string(EngineKind::line), "line");
}

}  // namespace
}  // namespace brenier
