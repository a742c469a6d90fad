#include <gtest/gtest.h>

#include <cmath>

#include "brenier/certificate.hpp"
#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"
#include "support/reference_assignment.hpp"

namespace brenier {
namespace {

constexpr EngineKind engines[] = {EngineKind::lemon, EngineKind::multiscale};

Solution solved(const DiscreteMeasure& source, const DiscreteMeasure& target, int order, EngineKind engine) {
  SolveOptions options;
  options.order = order;
  options.engine = engine;
  options.normalize = true;
  return solve(source, target, options);
}

void expect_optimal(const Solution& solution, double truth) {
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
  // The truth is a few roundings of a sum; the interval is a few roundings wide.
  EXPECT_NEAR(solution.distance, truth, 1e-14 * truth);
  EXPECT_LE(solution.certificate.distance_lower, truth * (1.0 + 1e-15));
  EXPECT_GE(solution.certificate.distance_upper, truth * (1.0 - 1e-15));
  EXPECT_LE(solution.certificate.distance_upper - solution.certificate.distance_lower, 1e-12 * truth);
}

Points with_row(const Points& points, const Eigen::RowVectorXd& row) {
  Points more(points.rows() + 1, points.cols());
  more << points, row;
  return more;
}

/// W_p of equal points by the reference assignment.
double reference(const Points& x, const Points& y, int order) {
  return GroundCost(order).distance(test::reference_assignment(order, x, y));
}

TEST(Scales, NearPointsKeepTheirPlanBesideAFarPointThatBothCloudsHave) {
  const Points x = (Points(3, 2) << 1e12, 1e12, 6, 9, 0, 6).finished();
  const Points y = (Points(3, 2) << 1e12, 1e12, 9, 9, 0, 4).finished();
  for (const EngineKind engine : engines) {
    const Solution solution = solved(DiscreteMeasure(x), DiscreteMeasure(y), 2, engine);
    expect_optimal(solution, std::sqrt(13.0 / 3.0));
    const TransportPlan crossing{3, 3, {{0, 0, 1.0 / 3}, {1, 2, 1.0 / 3}, {2, 1, 1.0 / 3}}};
    const Certificate judged = certify(DiscreteMeasure(x), DiscreteMeasure(y), crossing, solution.potentials);
    EXPECT_FALSE(judged.proves_optimality());
    EXPECT_LE(judged.distance_lower, std::sqrt(13.0 / 3.0));
  }
}

TEST(Scales, ATranslationExcusesNoPlan) {
  const DiscreteMeasure x((Points(2, 2) << 0, 0, 0, 1).finished()), y((Points(2, 2) << 1e7, 0, 1e7, 1).finished());
  const Solution solution = solve(x, y);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal);
  EXPECT_EQ(solution.distance, 1e7);
  const Certificate judged = certify(x, y, {2, 2, {{0, 1, 0.5}, {1, 0, 0.5}}}, solution.potentials);
  EXPECT_FALSE(judged.proves_optimality());
}

TEST(Scales, AFarPointOfBothCloudsAddsNothing) {
  test::RandomClouds random(91);
  Points x(400, 2), y(400, 2);
  for (Index k = 0; k < x.size(); ++k) x.data()[k] = random.uniform(), y.data()[k] = random.uniform();
  const double truth = reference(x, y, 2) * std::sqrt(400.0 / 401.0);
  for (const double far : {1e6, 1e7, 1e8}) {
    const Eigen::RowVector2d place(far, far);
    for (const EngineKind engine : engines) {
      expect_optimal(solved(DiscreteMeasure(with_row(x, place)), DiscreteMeasure(with_row(y, place)), 2, engine),
                     truth);
    }
  }
}

TEST(Scales, AValueForNoDataAddsNothing) {
  test::RandomClouds random(92);
  const Eigen::RowVector3d box(20, 20, 1), place(3, 4, -3.4028234663852886e38);
  Points x(299, 3), y(299, 3);
  for (Index k = 0; k < x.size(); ++k) x.data()[k] = random.uniform(), y.data()[k] = random.uniform();
  x = x.array().rowwise() * box.array();
  y = y.array().rowwise() * box.array();
  for (const int order : {1, 2}) {
    const double truth = reference(x, y, order) * std::pow(299.0 / 300.0, 1.0 / order);
    for (const EngineKind engine : engines) {
      expect_optimal(solved(DiscreteMeasure(with_row(x, place)), DiscreteMeasure(with_row(y, place)), order, engine),
                     truth);
    }
  }
}

Points ring(test::RandomClouds& random, Index n, double radius) {
  Points points(n, 2);
  for (Index i = 0; i < n; ++i) {
    const double angle = 6.283185307179586 * random.uniform();
    points.row(i) << radius * std::cos(angle), radius * std::sin(angle);
  }
  return points;
}

TEST(Scales, AFarSourceIsProvenToo) {
  test::RandomClouds random(93);
  Points x = random.normal_points(5000, 2);
  x.row(0) << 1e6, 1e6;
  const Solution solution =
      solved(DiscreteMeasure(x), DiscreteMeasure(ring(random, 5000, 2.0)), 2, EngineKind::multiscale);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
}

TEST(Scales, AFarSourceOfNearlyNoMassIsProvenToo) {
  test::RandomClouds random(94);
  Points x = random.normal_points(1000, 2);
  const Points y = ring(random, 1000, 2.0);
  Vector weights = Vector::Constant(1000, 1.0);
  weights[0] = 1e-12;  // 1e-15 of all.
  for (const double far : {1e6, 1e9}) {
    x.row(0) << far, far;
    const Solution solution = solved(DiscreteMeasure(x, weights), DiscreteMeasure(y), 2, EngineKind::multiscale);
    EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
    EXPECT_LE(solution.certificate.distance_lower, solution.distance);
    EXPECT_GE(solution.certificate.distance_upper, solution.distance);
  }
}

TEST(Scales, StartPotentialsMayStandOnAnyLevel) {
  test::RandomClouds random(95);
  const DiscreteMeasure x(random.normal_points(1000, 2)), y(ring(random, 1000, 2.0));
  const Solution cold = solve(x, y);
  Potentials raised = cold.potentials;
  raised.phi.array() += 1e12;
  raised.psi.array() -= 1e12;
  SolveOptions options;
  options.start.potentials = raised;
  const Solution warm = solve(x, y, options);
  EXPECT_EQ(warm.termination.reason, Termination::Reason::optimal) << warm.termination.detail;
  EXPECT_NEAR(warm.distance, cold.distance, 1e-12 * cold.distance);
}

TEST(Scales, CoordinatesAsSmallAsDoublesGoAreTaken) {
  const Points x = (Points(2, 2) << 0, 0, 3, 0).finished(), y = (Points(2, 2) << 0, 4, 3, 4).finished();
  for (const double unit : {1e-300, 1e-160, 1e149}) {
    const Solution solution = solve(DiscreteMeasure(unit * x), DiscreteMeasure(unit * y));
    EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << unit;
    EXPECT_NEAR(solution.distance, 4.0 * unit, 1e-15 * unit);
  }
}

/// Clouds of which two pairs may be swapped at the price of a chosen part of the optimum: then the plan costs about
/// (1 + 2·excess) times the optimum.
struct Swap {
  Points x;
  Points y;
  double cost;  ///< Mean cost of the pairs as they stand.
};

Swap make_swap(test::RandomClouds& random, double excess, double translation, bool far) {
  // y₀ − y₁ is nearly square to x₀ − x₁: a swap costs ⟨x₀ − x₁, y₀ − y₁⟩.
  Points x = 4.0 * random.normal_points(20, 2), y = x;
  for (Index i = 0; i < x.rows(); ++i) y.row(i) += Eigen::RowVector2d(random.normal(), random.normal()) * 1e-3;
  x.row(0) << 100, 0;
  x.row(1) << 101, 0;
  y.row(0) << 100.5, 1;
  y.row(1) << 100.5, 2;
  const double cost = 0.5 * (x - y).rowwise().squaredNorm().mean();
  y(0, 0) += 2.0 * excess * cost * static_cast<double>(x.rows());
  if (far) {
    x.row(2) << 1e9, -1e9;
    y.row(2) << 1e9, -1e9;
  }
  y.col(0).array() += translation;
  return {x, y, cost};
}

TEST(AdversarialPlans, AreNeverCalledOptimal) {
  test::RandomClouds random(96);
  int judged = 0, all = 0, solved_to_proof = 0;
  for (const double excess : {1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11}) {
    for (const double translation : {0.0, 1024.0, 9437184.0}) {
      for (const bool far : {false, true}) {
        for (int instance = 0; instance < 10; ++instance) {
          SCOPED_TRACE(testing::Message() << excess << ", " << translation << ", " << far << ", " << instance);
          const Swap swap = make_swap(random, excess, translation, far);
          const DiscreteMeasure x(swap.x), y(swap.y);
          const Solution solution = solve(x, y);
          ++all;
          solved_to_proof += solution.termination.reason == Termination::Reason::optimal ? 1 : 0;
          // A far translation leaves the input's potentials too few digits to prove anything by them alone.
          if (translation < 1e6) {
            EXPECT_TRUE(certify(x, y, solution.plan, solution.potentials).proves_optimality());
          }
          // What doubles have left of the excess, relative to the cost of the centred problem.
          const double dearer = std::abs(swap.y(0, 0) - swap.y(1, 0)) / static_cast<double>(swap.x.rows());
          if (dearer < 4e-12 * swap.cost) continue;
          TransportPlan plan = solution.plan;
          std::swap(plan.entries[0].target, plan.entries[1].target);
          EXPECT_FALSE(certify(x, y, plan, solution.potentials).proves_optimality());
          ++judged;
        }
      }
    }
  }
  EXPECT_GE(judged, 300);
  // A swap that changes 1e-11 of the cost beside a far point and a far translation is beyond what an engine can tell
  // now and then.
  EXPECT_GE(100 * solved_to_proof, 99 * all);
}

}  // namespace
}  // namespace brenier
