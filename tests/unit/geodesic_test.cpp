#include "brenier/geodesic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "brenier/solve.hpp"
#include "file_fixture.hpp"
#include "support/expect_message.hpp"

namespace brenier {
namespace {

using testing::rows;

/// One point of mass 1 at the origin, half of which goes to each of two targets.
class SplitPlan : public ::testing::Test {
 protected:
  const DiscreteMeasure source_{rows({{0.0, 0.0}})};
  const DiscreteMeasure target_{rows({{4.0, 0.0}, {0.0, 2.0}})};
  const TransportPlan plan_{1, 2, {{0, 0, 0.5}, {0, 1, 0.5}}};
};

TEST_F(SplitPlan, MovesAParticleForEachEntry) {
  const Geodesic geodesic(source_, target_, plan_, Displacement::split);
  const DiscreteMeasure middle = geodesic.at(0.5);
  EXPECT_EQ(middle.points(), rows({{2.0, 0.0}, {0.0, 1.0}}));
  EXPECT_EQ(middle.weights(), Vector::Constant(2, 0.5));
  EXPECT_EQ(geodesic.identity(), (std::vector<Index>{0, 0}));
}

TEST_F(SplitPlan, MovesTheWholeParticleToTheMeanOfItsTargets) {
  const Geodesic geodesic(source_, target_, plan_, Displacement::barycentric);
  EXPECT_EQ(geodesic.at(1.0).points(), rows({{2.0, 1.0}}));
  EXPECT_EQ(geodesic.at(0.5).points(), rows({{1.0, 0.5}}));
}

TEST_F(SplitPlan, IsNoMatching) {
  EXPECT_FALSE(plan_.is_map());
  EXPECT_MESSAGE(Geodesic(source_, target_, plan_, Displacement::matching), std::invalid_argument,
                 "plan: it sends the mass of some points to several targets, so it is no matching; split the particles "
                 "along it or take the barycentric projection");
}

TEST(Geodesic, EndsExactlyInTheTarget) {
  // Coordinates whose difference is not a double: x + (y − x) would miss y.
  const DiscreteMeasure source(rows({{0.1, 1e-9}, {3.0, 7.0}}));
  const DiscreteMeasure target(rows({{1e9, 0.3}, {0.7, -1e-3}}));
  const TransportPlan plan{2, 2, {{0, 1, 0.5}, {1, 0, 0.5}}};
  const Geodesic geodesic(source, target, plan, Displacement::matching);
  EXPECT_EQ(geodesic.at(0.0).points(), source.points());
  EXPECT_EQ(geodesic.at(1.0).points(), rows({{0.7, -1e-3}, {1e9, 0.3}}));
  EXPECT_EQ(geodesic.at_time(std::numeric_limits<double>::infinity()).points(), geodesic.at(1.0).points());
}

TEST(Geodesic, KeepsTheDigitsOfSmallTimes) {
  // 1 − e^{−t} = t − t²/2 + …: for t = 1e-20 it is t, where the difference of two doubles near 1 is 0.
  EXPECT_EQ(Geodesic::parameter_at_time(1e-20), 1e-20);
  EXPECT_EQ(Geodesic::parameter_at_time(0.0), 0.0);
}

TEST(Geodesic, LeavesPointsWithoutMassInPlace) {
  const DiscreteMeasure source(rows({{0.0, 0.0}, {5.0, 5.0}}), (Vector(2) << 1.0, 0.0).finished());
  const DiscreteMeasure target(rows({{1.0, 0.0}}));
  const Solution solution = solve(source, target);
  const Geodesic geodesic(source, target, solution.plan, Displacement::matching);
  EXPECT_EQ(geodesic.at(1.0).points(), rows({{1.0, 0.0}, {5.0, 5.0}}));
}

TEST(Geodesic, RefusesWhatIsOutOfRange) {
  const DiscreteMeasure point(rows({{0.0, 0.0}}));
  const Geodesic geodesic(point, point, {1, 1, {{0, 0, 1.0}}}, Displacement::matching);
  EXPECT_MESSAGE(geodesic.at(1.5), std::invalid_argument, "s: is 1.5, expected 0 to 1");
  EXPECT_MESSAGE(geodesic.at(std::nan("")), std::invalid_argument, "s: is nan, expected 0 to 1");
  EXPECT_MESSAGE(geodesic.at_time(-1.0), std::invalid_argument, "t: is -1, expected 0 or more");
  const TransportPlan unsorted{2, 1, {{1, 0, 0.5}, {0, 0, 0.5}}};
  const DiscreteMeasure two(rows({{0.0, 0.0}, {1.0, 0.0}}));
  EXPECT_MESSAGE(Geodesic(two, point, unsorted, Displacement::split), std::invalid_argument,
                 "plan: its entries are not sorted by source");
}

}  // namespace
}  // namespace brenier
