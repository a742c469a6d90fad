#include "problem/frame.hpp"

#include <gtest/gtest.h>

#include "brenier/ground_cost.hpp"
#include "certificate/exact_problem.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

/// Order, scale and shift of the clouds.
class FrameIdentity : public testing::TestWithParam<std::tuple<int, double, double>> {};

TEST_P(FrameIdentity, TurnsReducedCostsAndDualValueOfTheFrameIntoThoseOfTheInput) {
  const auto [order, scale, shift] = GetParam();
  test::RandomClouds random(11);
  Points x = scale * random.normal_points(9, 3);
  Points y = scale * random.normal_points(7, 3);
  x.col(1).array() += shift * scale;
  y.col(2).array() -= shift * scale;
  const DiscreteMeasure source(x);
  const DiscreteMeasure target(y);
  const Frame frame(order, source, target);

  // Largest coordinates between 1 and 2, no matter what the input is.
  const double largest = std::max(frame.sources().cwiseAbs().maxCoeff(), frame.targets().cwiseAbs().maxCoeff());
  EXPECT_GE(largest, 1.0);
  EXPECT_LT(largest, 2.0);

  const Potentials framed{random.normal_points(9, 1), random.normal_points(7, 1)};
  const Potentials input = frame.to_input(framed);
  const GroundCost cost(order);
  const double size = std::pow(scale * (shift + 10.0), order);  // Of costs and potentials in the input.
  for (Index i = 0; i < 9; ++i) {
    for (Index j = 0; j < 7; ++j) {
      const double reduced =
          cost(frame.sources().row(i).data(), frame.targets().row(j).data(), 3) - framed.phi[i] - framed.psi[j];
      const double expected = cost(x.row(i).data(), y.row(j).data(), 3) - input.phi[i] - input.psi[j];
      EXPECT_NEAR(frame.to_input(reduced), expected, size * 64 * 0x1p-53);  // A few dozen roundings.
    }
  }
  const Vector a = source.weights();
  const Vector b = target.weights();
  const ExactWeights weights(a, b, false);
  const double fixed = ExactProblem(order, frame, source, target, weights, false).fixed_cost().value.value();
  EXPECT_NEAR(frame.to_input(a.dot(framed.phi) + b.dot(framed.psi) + fixed), a.dot(input.phi) + b.dot(input.psi),
              size * 64 * 0x1p-53);

  const Potentials back = frame.to_frame(input);
  EXPECT_LE((back.phi - framed.phi).cwiseAbs().maxCoeff(), size / frame.to_input(1.0) * 8 * 0x1p-53);
  EXPECT_LE((back.psi - framed.psi).cwiseAbs().maxCoeff(), size / frame.to_input(1.0) * 8 * 0x1p-53);
}

INSTANTIATE_TEST_SUITE_P(OrdersScalesAndShifts, FrameIdentity,
                         testing::Combine(testing::Values(1, 2), testing::Values(1e-30, 1.0, 3e30),
                                          testing::Values(0.0, 1e3)));

TEST(Frame, LeavesOutCoordinatesThatTellNoPointsApart) {
  const Points x = (Points(2, 4) << 0, 7, 0.1, 5, 2, 7, 0.1, 1).finished();
  const Points y = (Points(3, 4) << 1, 8, 0.1, 5, 1, 8, 0.1, 1, 4, 8, 0.1, 1).finished();
  EXPECT_EQ(Frame(2, DiscreteMeasure(x), DiscreteMeasure(y)).dimension(), 2);
  EXPECT_EQ(Frame(1, DiscreteMeasure(x), DiscreteMeasure(y)).dimension(), 3);  // Nor do the clouds differ by a shift.
  // Each coordinate of each cloud is moved by a number of its own, and both scaled.
  const Points framed = Frame(2, DiscreteMeasure(x), DiscreteMeasure(y)).sources();
  EXPECT_EQ(framed.row(1) - framed.row(0), 0.25 * (x(1, 0) - x(0, 0)) * Eigen::RowVector2d(1, -2));
}

TEST(Frame, LeavesPointsInOnePlaceAtTheOrigin) {
  const Frame frame(2, DiscreteMeasure(Points::Constant(3, 2, 0.1)), DiscreteMeasure(Points::Constant(2, 2, 0.3)));
  EXPECT_EQ(frame.sources(), Points::Zero(3, 1));
  EXPECT_EQ(frame.targets(), Points::Zero(2, 1));
  EXPECT_EQ(frame.to_input(1.0), 1.0);
}

TEST(Frame, TakesCoordinatesWhoseSquaresFitAndRefusesOthers) {
  const auto frame = [](double size) {
    const Points points = (Points(2, 1) << 0, size).finished();
    return Frame(2, DiscreteMeasure(points), DiscreteMeasure(points));
  };
  EXPECT_EQ(frame(0x1p499).sources()(1, 0), 1.0);
  EXPECT_EQ(frame(0x1p-498).sources()(1, 0), 1.0);
  EXPECT_MESSAGE(frame(1e160), std::invalid_argument, "choose another unit of length");
  EXPECT_EQ(frame(0x1p-1000).sources()(1, 0), 1.0);
  EXPECT_EQ(frame(0x1p-1060).sources()(1, 0), 0x1p-60);
  EXPECT_MESSAGE(frame(1.7e308), std::invalid_argument, "choose another unit of length");
}

}  // namespace
}  // namespace brenier
