#include "brenier/gradient.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "brenier/ground_cost.hpp"
#include "brenier/solve.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

Solution solve_order(int order, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  SolveOptions options;
  options.order = order;
  return solve(source, target, options);
}

/// W_pᵖ of an exact solve from nothing.
double power(int order, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  return order * solve_order(order, source, target).certificate.primal;
}

/// The clouds of one side moved along a direction.
DiscreteMeasure moved(const DiscreteMeasure& measure, const Points& direction, double step) {
  return {measure.points() + step * direction, measure.weights()};
}

TEST(Gradient, IsTheSlopeOfTheDistanceAsPointsMove) {
  test::RandomClouds random(61);
  for (int instance = 0; instance < 60; ++instance) {
    const int order = 1 + instance % 2;
    const Index dimension = 1 + instance % 3, n = random.integer(2, 25), m = random.integer(2, 25);
    Vector a(n), b(m);  // Weights in general position: the optimal plan is unique and stays so nearby.
    for (double& weight : a) weight = 0.2 + random.uniform();
    for (double& weight : b) weight = 0.2 + random.uniform();
    const DiscreteMeasure source = DiscreteMeasure(random.normal_points(n, dimension), a).normalized();
    const DiscreteMeasure target = DiscreteMeasure(random.normal_points(m, dimension), b).normalized();
    const PointGradient gradient =
        wasserstein_power_gradient(order, source, target, solve_order(order, source, target).plan);
    const Points u = random.normal_points(n, dimension), v = random.normal_points(m, dimension);
    const double step = 1e-5;
    const double slope = (power(order, moved(source, u, step), moved(target, v, step)) -
                          power(order, moved(source, u, -step), moved(target, v, -step))) /
                         (2 * step);
    const double expected = gradient.source.cwiseProduct(u).sum() + gradient.target.cwiseProduct(v).sum();
    if (order == 2) {
      // Central differences of a quadratic are exact; costs up to 50 round by 1e-14, over the step that is 1e-9.
      EXPECT_NEAR(slope, expected, 1e-8);
    } else {
      // The third derivative of |z| is about |z|⁻²: pairs closer than 10 steps apart do not occur in these draws.
      EXPECT_NEAR(slope, expected, 1e-6);
    }
  }
}

TEST(Gradient, IsTheDisplacementTimesTheMass) {
  const DiscreteMeasure source((Points(2, 2) << 0, 0, 10, 0).finished(), Eigen::Vector2d(1, 2));
  const DiscreteMeasure target((Points(2, 2) << 3, 4, 10, -1).finished(), Eigen::Vector2d(1, 2));
  const PointGradient two = transport_cost_gradient(2, source, target, solve_order(2, source, target).plan);
  EXPECT_EQ(two.source, (Points(2, 2) << -3, -4, 0, 2).finished());
  EXPECT_EQ(two.target, -two.source);
  const PointGradient one = wasserstein_power_gradient(1, source, target, solve_order(1, source, target).plan);
  EXPECT_LE((one.source - (Points(2, 2) << -0.6, -0.8, 0, 2).finished()).cwiseAbs().maxCoeff(), 0x1p-52);
}

TEST(Gradient, OfThePotentialIsTheDisplacement) {
  const DiscreteMeasure source((Points(3, 1) << 0, 10, 4).finished(), Eigen::Vector3d(2, 1, 0));
  const DiscreteMeasure target((Points(3, 1) << 1, 2, 10).finished(), Vector::Ones(3));
  const Solution two = solve_order(2, source, target);
  EXPECT_EQ(transport_map(source, target, two).topRows(2), Eigen::Vector2d(1.5, 10));
  // The point without mass follows ψ: between the two clusters, ψᶜ decides.
  const double far = Potential(two, target).map(source.points())(2, 0);
  EXPECT_EQ(potential_gradient(source, target, two), (Points(3, 1) << -1.5, 0, 4 - far).finished());
  const Solution one = solve_order(1, source, target);
  EXPECT_EQ(potential_gradient(source, target, one).topRows(2), Eigen::Vector2d(-1, 0));
}

TEST(Gradient, OfCoincidingPointsIsZero) {
  const DiscreteMeasure cloud((Points(3, 1) << 0, 1, 5).finished());
  for (const int order : {1, 2}) {
    const PointGradient gradient = transport_cost_gradient(order, cloud, cloud, solve_order(order, cloud, cloud).plan);
    EXPECT_TRUE(gradient.source.isZero(0.0) && gradient.target.isZero(0.0));
  }
}

TEST(Gradient, RefusesAMistakeOfTheCallerByName) {
  const DiscreteMeasure plane(Points::Zero(2, 2)), line(Points::Zero(2, 1));
  EXPECT_MESSAGE(transport_cost_gradient(3, plane, plane, {2, 2, {}}), std::invalid_argument, "order: is 3");
  EXPECT_MESSAGE(transport_cost_gradient(2, plane, line, {2, 2, {}}), std::invalid_argument, "target: dimension 1");
  EXPECT_MESSAGE(transport_cost_gradient(2, plane, plane, {2, 3, {}}), std::invalid_argument, "plan: made for 2");
}

}  // namespace
}  // namespace brenier
