#include <gtest/gtest.h>

#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

Solution solved(const DiscreteMeasure& source, const DiscreteMeasure& target, int order, EngineKind engine) {
  SolveOptions options;
  options.order = order;
  options.engine = engine;
  return solve(source, target, options);
}

TEST(Assignment, FindsThePlanOfOtherEngines) {
  test::RandomClouds random(71);
  for (const int order : {1, 2}) {
    for (const Index dimension : {2, 3, 40}) {
      for (const Index n : {1, 2, 33, 250}) {
        const DiscreteMeasure source(random.normal_points(n, dimension)), target(random.normal_points(n, dimension));
        const Solution found = solved(source, target, order, EngineKind::assignment);
        EXPECT_EQ(found.stats.engine, "assignment");
        EXPECT_EQ(found.termination.reason, Termination::Reason::optimal) << found.termination.detail;
        EXPECT_EQ(found.plan.entries.size(), static_cast<std::size_t>(n));
        EXPECT_EQ(found.plan.entries, solved(source, target, order, EngineKind::lemon).plan.entries);
      }
    }
  }
}

TEST(Assignment, IsTakenForFewPointsOfOneMass) {
  test::RandomClouds random(72);
  const DiscreteMeasure x(random.normal_points(200, 2)), y(random.normal_points(200, 2));
  EXPECT_EQ(solved(x, y, 2, EngineKind::automatic).stats.engine, "assignment");
  const DiscreteMeasure fewer(random.normal_points(100, 2));
  EXPECT_EQ(solved(x, fewer, 2, EngineKind::automatic).stats.engine, "lemon");
}

TEST(Assignment, ProvesTies) {
  Points grid(144, 2);
  for (Index k = 0; k < 144; ++k) grid.row(k) << static_cast<double>(k % 12), static_cast<double>(k / 12);
  Points moved = grid;
  moved.col(0).array() += 3.0;
  for (const int order : {1, 2}) {
    const Solution found = solved(DiscreteMeasure(grid), DiscreteMeasure(moved), order, EngineKind::assignment);
    EXPECT_EQ(found.termination.reason, Termination::Reason::optimal) << found.termination.detail;
    EXPECT_DOUBLE_EQ(found.distance, 3.0);
  }
}

// In doubles the costs of the near points are lost beside those of the far one.
TEST(Assignment, HandsOverWhatNeedsMoreDigits) {
  test::RandomClouds random(73);
  Points x = random.normal_points(40, 2), y = random.normal_points(40, 2);
  x.row(7) << 1e9, 3e8;
  y.row(21) << -4e8, 1e9;
  const Solution found = solved(DiscreteMeasure(x), DiscreteMeasure(y), 2, EngineKind::assignment);
  const Solution lemon = solved(DiscreteMeasure(x), DiscreteMeasure(y), 2, EngineKind::lemon);
  EXPECT_EQ(found.termination.reason, Termination::Reason::optimal) << found.termination.detail;
  EXPECT_EQ(found.distance, lemon.distance);
}

TEST(Assignment, RefusesOtherMasses) {
  test::RandomClouds random(74);
  const DiscreteMeasure x(random.normal_points(20, 2)), y(random.normal_points(10, 2));
  EXPECT_THROW(solved(x, y, 2, EngineKind::assignment), std::invalid_argument);
}

}  // namespace
}  // namespace brenier
