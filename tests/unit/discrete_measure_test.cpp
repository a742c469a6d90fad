#include "brenier/discrete_measure.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/expect_message.hpp"

namespace brenier {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Points three_points() { return (Points(3, 2) << 0, 0, 4, 0, 0, 8).finished(); }

TEST(DiscreteMeasure, GivesPointsWithoutWeightsEqualMass) {
  const DiscreteMeasure measure(three_points());
  EXPECT_EQ(measure.size(), 3);
  EXPECT_EQ(measure.dimension(), 2);
  EXPECT_EQ(measure.weights(), Vector::Constant(3, 1.0 / 3.0));
  EXPECT_EQ(measure.total_mass(), 1.0);
}

TEST(DiscreteMeasure, KeepsWeightsAsTheyAre) {
  const DiscreteMeasure measure(three_points(), Vector::LinSpaced(3, 1, 3));
  EXPECT_EQ(measure.weights(), Vector::LinSpaced(3, 1, 3));
  EXPECT_EQ(measure.total_mass(), 6.0);
  EXPECT_EQ(measure.normalized().weights(), Vector::LinSpaced(3, 1, 3) / 6.0);
}

TEST(DiscreteMeasure, SumsWeightsWithCompensation) {
  Vector weights = Vector::Constant(1001, 1e-16);  // Each is lost beside 1, together they are 1e-13.
  weights[0] = 1.0;
  EXPECT_EQ(DiscreteMeasure(Points::Zero(1001, 1), weights).total_mass(), 1.0 + 1e-13);
}

TEST(DiscreteMeasure, HasTheWeightedMean) {
  const DiscreteMeasure measure(three_points(), Eigen::Vector3d(1, 2, 1));
  EXPECT_EQ(measure.mean(), Eigen::Vector2d(2, 2));
}

TEST(DiscreteMeasure, HasTheirPlaceAsMeanOfPointsInOnePlace) {
  const Points points = Points::Constant(7, 3, 0.1);
  EXPECT_EQ(DiscreteMeasure(points, Vector::LinSpaced(7, 0.1, 0.7)).mean(), Vector::Constant(3, 0.1));
}

TEST(DiscreteMeasure, RefusesNoPoints) {
  EXPECT_MESSAGE(DiscreteMeasure(Points(0, 2)), std::invalid_argument, "points: there is no point");
  EXPECT_MESSAGE(DiscreteMeasure(Points(2, 0)), std::invalid_argument, "points: the points have no coordinate");
}

TEST(DiscreteMeasure, NamesACoordinateThatIsNotFinite) {
  Points points = three_points();
  points(2, 1) = nan;
  EXPECT_MESSAGE(DiscreteMeasure{points}, std::invalid_argument, "row 2, column 1 is nan");
  points(2, 1) = -infinity;
  EXPECT_MESSAGE(DiscreteMeasure{points}, std::invalid_argument, "row 2, column 1 is -inf");
}

TEST(DiscreteMeasure, NamesAWeightThatCannotBe) {
  EXPECT_MESSAGE(DiscreteMeasure(three_points(), Vector::Ones(2)), std::invalid_argument, "there are 2 for 3 points");
  EXPECT_MESSAGE(DiscreteMeasure(three_points(), Eigen::Vector3d(1, -2, 1)), std::invalid_argument, "entry 1 is -2");
  EXPECT_MESSAGE(DiscreteMeasure(three_points(), Eigen::Vector3d(1, 1, nan)), std::invalid_argument, "entry 2 is nan");
  EXPECT_MESSAGE(DiscreteMeasure(three_points(), Vector::Zero(3)), std::invalid_argument, "all are zero");
  EXPECT_MESSAGE(DiscreteMeasure(three_points(), Vector::Constant(3, 1e308)), std::invalid_argument, "too large");
}

}  // namespace
}  // namespace brenier
