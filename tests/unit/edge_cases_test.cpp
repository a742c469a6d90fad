#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>

#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

/// Every case is solved by every engine, for both orders.
class EdgeCase : public testing::TestWithParam<std::tuple<int, EngineKind>> {
 protected:
  Solution proven(const DiscreteMeasure& source, const DiscreteMeasure& target, bool normalize = false) const {
    SolveOptions options;
    options.order = order_;
    options.engine = engine_;
    options.normalize = normalize;
    Solution solution = solve(source, target, options);
    EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
    return solution;
  }

  /// The points as the engine takes them: on an axis for the line engine.
  Points fitting(Points points) const {
    if (engine_ == EngineKind::line) points.rightCols(points.cols() - 1).setZero();
    return points;
  }

  Points normal_points(Index n, Index dimension) { return fitting(random_.normal_points(n, dimension)); }

  const int order_ = std::get<0>(GetParam());
  const EngineKind engine_ = std::get<1>(GetParam());
  test::RandomClouds random_{static_cast<std::uint64_t>(40 + order_)};
};

INSTANTIATE_TEST_SUITE_P(OrderAndEngine, EdgeCase,
                         testing::Combine(testing::Values(1, 2),
                                          testing::Values(EngineKind::automatic, EngineKind::lemon,
                                                          EngineKind::multiscale, EngineKind::line)),
                         [](const auto& param) {
                           return "W" + std::to_string(std::get<0>(param.param)) + to_string(std::get<1>(param.param));
                         });

TEST_P(EdgeCase, OnePointAgainstOne) {
  const DiscreteMeasure source(fitting((Points(1, 3) << 1, 2, 3).finished()));
  const DiscreteMeasure target(fitting((Points(1, 3) << 3, 5, 9).finished()));
  EXPECT_EQ(proven(source, target).distance, engine_ == EngineKind::line ? 2.0 : 7.0);
  EXPECT_EQ(proven(source, source).distance, 0.0);
}

TEST_P(EdgeCase, OnePointAgainstMany) {
  const Points points = normal_points(50, 2);
  const Solution solution = proven(DiscreteMeasure(Points::Zero(1, 2)), DiscreteMeasure(points));
  const Vector radius = points.rowwise().norm();
  const double expected = order_ == 1 ? radius.mean() : std::sqrt(radius.squaredNorm() / 50);
  EXPECT_NEAR(solution.distance, expected, expected * 64 * 0x1p-53);  // A sum of 50 terms, then a root.
}

TEST_P(EdgeCase, BothCloudsTheSame) {
  const DiscreteMeasure cloud(normal_points(60, 3), Vector::LinSpaced(60, 1, 60));
  const Solution solution = proven(cloud, cloud);
  EXPECT_EQ(solution.distance, 0.0);
  for (const PlanEntry& entry : solution.plan.entries) EXPECT_EQ(entry.source, entry.target);
}

TEST_P(EdgeCase, AllPointsInOnePlace) {
  const DiscreteMeasure source(fitting(Points::Constant(5, 2, 0.1)));
  const DiscreteMeasure target(fitting(Points::Constant(7, 2, 0.1)));
  EXPECT_EQ(proven(source, target).distance, 0.0);
  const DiscreteMeasure elsewhere(
      fitting((Points(7, 2) << Vector::Constant(7, 3.1), Vector::Constant(7, 4.1)).finished()));
  const double expected = engine_ == EngineKind::line ? 3.0 : 5.0;
  EXPECT_NEAR(proven(source, elsewhere).distance, expected, expected * 4 * 0x1p-53);
}

TEST_P(EdgeCase, DuplicatePoints) {
  Points points = normal_points(40, 2);
  points.bottomRows(20) = points.topRows(20).eval();
  const DiscreteMeasure twice(points);
  const DiscreteMeasure once(Points(points.topRows(20)));
  EXPECT_EQ(proven(twice, once).distance, 0.0);
  const DiscreteMeasure target(normal_points(30, 2));
  const double expected = proven(once, target).distance;
  EXPECT_NEAR(proven(twice, target).distance, expected, expected * 1e-12);  // Both proven to 1e-12.
}

TEST_P(EdgeCase, ZeroWeightsHaveRightPotentialsAndNoMass) {
  const Points x = normal_points(30, 2);
  const Points y = normal_points(25, 2);
  Vector a = Vector::Ones(30);
  Vector b = Vector::Ones(25);
  a.tail(10).setZero();
  b.tail(5).setZero();
  const Solution solution = proven(DiscreteMeasure(x, a), DiscreteMeasure(y, b));
  for (const PlanEntry& entry : solution.plan.entries) {
    EXPECT_LT(entry.source, 20);
    EXPECT_LT(entry.target, 20);
  }
  // Canonical at every point: φ = ψᶜ and ψ = φᶜ, up to a few roundings of costs below 50.
  const double tolerance = 50 * 8 * 0x1p-53;
  const Potentials& potentials = solution.potentials;
  EXPECT_LE((c_transform(order_, y, potentials.psi, x).value - potentials.phi).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_LE((c_transform(order_, x, potentials.phi, y).value - potentials.psi).cwiseAbs().maxCoeff(), tolerance);
  EXPECT_NEAR(a.dot(potentials.phi), b.dot(potentials.psi), 20 * tolerance);
  // Points without mass change nothing for the others.
  const Solution alone = proven(DiscreteMeasure(x.topRows(20), a.head(20)), DiscreteMeasure(y.topRows(20), b.head(20)));
  EXPECT_NEAR(solution.certificate.primal, alone.certificate.primal, 2e-12 * alone.certificate.primal);
}

TEST_P(EdgeCase, WeightsNextToNothingBesideOne) {
  Vector a = Vector::Ones(20);
  Vector b = Vector::Ones(20);
  a[3] = b[5] = b[6] = 1e-300;
  const DiscreteMeasure source(normal_points(20, 2), a);
  const DiscreteMeasure target(normal_points(20, 2), b);
  const Solution solution = proven(source, target, true);
  EXPECT_GT(solution.certificate.mass_rounding, 0.0);
  EXPECT_LE(solution.certificate.mass_rounding, 40 * 2 * 0x1p-61);
}

TEST_P(EdgeCase, AFarPointOfLittleMass) {
  // Its costs are 10¹² (p = 1: 10⁶) times larger than the others: rounded to a common unit they would hide them.
  Points x = normal_points(40, 2);
  x.row(0) *= 1e6;
  Vector a = Vector::Ones(40);
  a[0] = 0x1p-40;
  proven(DiscreteMeasure(x, a), DiscreteMeasure(normal_points(40, 2)), true);
}

TEST_P(EdgeCase, FarPointsOfLittleMassOnBothSides) {
  Points x = normal_points(40, 2), y = normal_points(40, 2);
  x.row(0) *= 1e6;
  x.row(1) *= -1e6;
  y.row(2) *= 3e6;
  y.row(3) *= -2e6;
  Vector a = Vector::Ones(40), b = Vector::Ones(40);
  a.head(2).setConstant(0x1p-40);
  b.segment(2, 2).setConstant(0x1p-40);
  proven(DiscreteMeasure(x, a), DiscreteMeasure(y, b), true);
}

TEST_P(EdgeCase, FarPointsOnBothSidesOfBothClouds) {
  Points x = normal_points(40, 2), y = normal_points(40, 2);
  for (Points* points : {&x, &y}) {
    points->row(0) << 1e7, 0.0;
    points->row(1) << -3e7, 0.0;
  }
  const double distance = proven(DiscreteMeasure(x), DiscreteMeasure(y)).distance;
  const double near = proven(DiscreteMeasure(x.bottomRows(38)), DiscreteMeasure(y.bottomRows(38))).distance;
  const double share = 38.0 / 40.0;
  const double expected = order_ == 1 ? share * near : std::sqrt(share) * near;
  EXPECT_NEAR(distance, expected, 1e-12 * expected);
}

TEST_P(EdgeCase, ScaledByAPowerOfTwoIsTheSameBitForBit) {
  const Points x = normal_points(40, 2);
  const Points y = normal_points(33, 2);
  const Solution solution = proven(DiscreteMeasure(x), DiscreteMeasure(y));
  for (const int exponent : {-400, -100, 100, 400}) {
    const double scale = std::ldexp(1.0, exponent);
    const Solution scaled = proven(DiscreteMeasure(scale * x), DiscreteMeasure(scale * y));
    EXPECT_EQ(scaled.distance, scale * solution.distance);
    EXPECT_EQ(scaled.plan.entries, solution.plan.entries);
    EXPECT_EQ(scaled.certificate.relative_gap, solution.certificate.relative_gap);
  }
}

TEST_P(EdgeCase, ScaledByThirtyPowersOfTen) {
  const Points x = normal_points(40, 2);
  const Points y = normal_points(33, 2);
  const double distance = proven(DiscreteMeasure(x), DiscreteMeasure(y)).distance;
  for (const double scale : {1e-150, 1e-30, 1e30, 1e149}) {
    const double scaled = proven(DiscreteMeasure(scale * x), DiscreteMeasure(scale * y)).distance;
    // Scaled coordinates are rounded to 2⁻⁵³; distances between them, about as large as they are, a few times that.
    EXPECT_NEAR(scaled / scale, distance, distance * 64 * 0x1p-53) << scale;
  }
}

TEST_P(EdgeCase, ShiftedFarFromTheOrigin) {
  // Coordinates are multiples of 2⁻²⁰, so that the shift itself loses nothing.
  const Points x = (normal_points(40, 2) * 0x1p20).array().round() * 0x1p-20;
  const Points y = (normal_points(33, 2) * 0x1p20).array().round() * 0x1p-20;
  const double distance = proven(DiscreteMeasure(x), DiscreteMeasure(y)).distance;
  const double shifted =
      proven(DiscreteMeasure((x.array() + 1e8).matrix()), DiscreteMeasure((y.array() + 1e8).matrix())).distance;
  // The means are rounded to 2⁻²⁶, which moves both clouds, not one against the other; differences stay exact.
  EXPECT_NEAR(shifted, distance, distance * 1e-12);
}

TEST_P(EdgeCase, CloudsFarFromEachOther) {
  const Points x = normal_points(40, 2);
  Points y = normal_points(40, 2);
  y.col(0).array() += 1e8;
  const Solution solution = proven(DiscreteMeasure(x), DiscreteMeasure(y));
  EXPECT_NEAR(solution.distance, 1e8, 10.0);
}

TEST_P(EdgeCase, ManyDimensions) {
  proven(DiscreteMeasure(normal_points(20, 785)), DiscreteMeasure(normal_points(23, 785)));
}

}  // namespace
}  // namespace brenier
