#include "brenier/potentials.hpp"

#include <gtest/gtest.h>

#include "brenier/solve.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

const Points targets = (Points(3, 2) << 0, 0, 4, 0, 0, 3).finished();
const Vector psi = Eigen::Vector3d(0, 1, 2);

TEST(CTransform, IsTheSmallestCostLessPotential) {
  const Points queries = (Points(2, 2) << 0, 0, 4, 3).finished();
  const CTransform order_one = c_transform(1, targets, psi, queries);
  EXPECT_EQ(order_one.value, Eigen::Vector2d(0, 2));  // min(0, 4−1, 3−2), min(5, 3−1, 4−2)
  EXPECT_EQ(order_one.minimizer, (std::vector<Index>{0, 1}));
  const CTransform order_two = c_transform(2, targets, psi, queries);
  EXPECT_EQ(order_two.value, Eigen::Vector2d(0, 3.5));  // min(0, 8−1, 4.5−2), min(12.5, 4.5−1, 8−2)
  EXPECT_EQ(order_two.minimizer, (std::vector<Index>{0, 1}));
}

TEST(CTransform, RefusesWhatDoesNotFitTogether) {
  EXPECT_MESSAGE(c_transform(3, targets, psi, targets), std::invalid_argument, "order: is 3");
  EXPECT_MESSAGE(c_transform(2, targets, Vector::Zero(2), targets), std::invalid_argument, "2 entries for 3 targets");
  EXPECT_MESSAGE(c_transform(2, targets, psi, Points(1, 3)), std::invalid_argument, "dimension 3");
  EXPECT_MESSAGE(c_transform(2, targets, Eigen::Vector3d(0, 0.0 / 0.0, 0), targets), std::invalid_argument, "entry 1");
  EXPECT_MESSAGE(c_transform(2, Points(0, 2), Vector(), targets), std::invalid_argument, "targets: there is none");
}

TEST(Potential, MapsToTheTargetThatAttainsTheMinimum) {
  const Potential potential(2, targets, psi);
  const Points queries = (Points(2, 2) << 4, 3, -1, -1).finished();
  EXPECT_EQ(potential.map(queries), (Points(2, 2) << 4, 0, 0, 0).finished());
  EXPECT_EQ(potential.gradient(queries), (Points(2, 2) << 0, 3, -1, -1).finished());
  EXPECT_EQ(potential.value(queries), Eigen::Vector2d(3.5, 1.0));
}

TEST(Potential, HasAUnitGradientOrNoneForOrderOne) {
  const Potential potential(1, targets, Vector::Zero(3));
  const Points queries = (Points(2, 2) << 7, 4, 0, 3).finished();
  EXPECT_EQ(potential.gradient(queries), (Points(2, 2) << 0.6, 0.8, 0, 0).finished());
}

TEST(Potential, IsOneLipschitzForOrderOne) {
  test::RandomClouds random(3);
  const Potential potential(1, random.normal_points(20, 3), Vector::LinSpaced(20, -1, 1));
  const Points x = random.normal_points(200, 3);
  const Points y = random.normal_points(200, 3);
  const Vector difference = (potential.value(x) - potential.value(y)).cwiseAbs();
  const Vector distance = (x - y).rowwise().norm();
  // Values of size 10 at most, each rounded a few times.
  EXPECT_LE((difference - distance).maxCoeff(), 10 * 4 * 0x1p-53);
}

TEST(Potential, GradientIsTheDerivativeOfTheValue) {
  test::RandomClouds random(4);
  for (const int order : {1, 2}) {
    const Potential potential(order, random.normal_points(20, 2), Vector::LinSpaced(20, -1, 1));
    const Points x = random.normal_points(100, 2);
    const Points gradient = potential.gradient(x);
    const double h = 1e-6;
    for (Index k = 0; k < 2; ++k) {
      Points ahead = x;
      Points behind = x;
      ahead.col(k).array() += h;
      behind.col(k).array() -= h;
      const Vector slope = (potential.value(ahead) - potential.value(behind)) / (2 * h);
      // Rounding 1e-16/h, curvature h² ≪; a point within h of a kink would show, none of this seed is.
      EXPECT_LE((slope - gradient.col(k)).cwiseAbs().maxCoeff(), 1e-8) << "order " << order;
    }
  }
}

TEST(Potential, ExtendsThePotentialOfASolution) {
  test::RandomClouds random(5);
  const DiscreteMeasure source(random.normal_points(30, 2));
  const DiscreteMeasure target(random.normal_points(30, 2));
  const Solution solution = solve(source, target);
  const Potential potential(2, target.points(), solution.potentials.psi);
  // φ = ψᶜ holds in the frame of the solve; turning it to the input's costs a few roundings of costs of size 10.
  EXPECT_LE((potential.value(source.points()) - solution.potentials.phi).cwiseAbs().maxCoeff(), 10 * 16 * 0x1p-53);
}

TEST(Potential, OfASolutionIsPhiAtItsSourcesOnAnyThreads) {
  test::RandomClouds random(8);
  for (const int order : {1, 2}) {
    const DiscreteMeasure source(random.normal_points(300, 2)), target(random.normal_points(200, 2));
    SolveOptions options;
    options.order = order;
    const Solution solution = solve(source, target, options);
    const Vector one = Potential(solution, target, 1).value(source.points());
    EXPECT_LE((one - solution.potentials.phi).cwiseAbs().maxCoeff(), 1e-14);
    EXPECT_EQ(Potential(solution, target, 2).value(source.points()), one);
  }
}

TEST(CTransform, IsTheSameFarFromTheOrigin) {
  // Multiples of 2⁻²⁰, so that the shift itself loses nothing.
  test::RandomClouds random(9);
  const auto rounded = [](const Points& points) { return Points((points * 0x1p20).array().round() * 0x1p-20); };
  for (const Index dimension : {1, 2, 3, 15}) {
    const Points y = rounded(random.normal_points(500, dimension)), x = rounded(random.normal_points(500, dimension));
    const Vector values = random.normal_points(500, 1);
    for (const int order : {1, 2}) {
      const CTransform here = c_transform(order, y, values, x);
      const CTransform there = c_transform(order, y.array() + 1e9, values, x.array() + 1e9);
      EXPECT_EQ(there.minimizer, here.minimizer);
      EXPECT_EQ(there.value, here.value);
    }
  }
}

}  // namespace
}  // namespace brenier
