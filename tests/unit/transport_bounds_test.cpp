#include "certificate/transport_bounds.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "certificate/plan_flows.hpp"
#include "certificate/plan_potential.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

TEST(ExactMasses, CountEqualWeightsAsOneEachWhateverTheyAre) {
  const Vector a = Vector::Constant(3, 0.1), b = Vector::Constant(2, 0.7);
  const ExactMasses masses(ExactWeights(a, b, true));
  for (const Int128 units : masses.supply) EXPECT_TRUE(units == 2);
  for (const Int128 units : masses.demand) EXPECT_TRUE(units == 3);
  EXPECT_EQ(masses.mass_of(masses.supply[0]).value(), 1.0 / 3.0);
  EXPECT_EQ(masses.missing(masses.supply[0]), 0.0);
}

TEST(ExactMasses, KeepWeightsOfOneSumExactly) {
  // 1e-15 beside 1 needs 104 bits; 0.1 + 0.2 differs from 0.3, so that the last weights are no double's.
  const Vector a = Eigen::Vector3d(1.0, 1e-15, 0.5), b = Eigen::Vector3d(0.5, 1.0, 1e-15);
  const ExactMasses masses(ExactWeights(a, b, false));
  EXPECT_EQ(masses.missing(masses.supply[1]), 0.0);
  EXPECT_TRUE(masses.supply[1] == masses.demand[2]);
  EXPECT_EQ(masses.mass_of(masses.supply[1]).value(), 1e-15);
}

TEST(ExactMasses, BoundWhatRoundingDownTakes) {
  const Vector a = Eigen::Vector3d(0.1, 0.2, 0.3), b = Eigen::Vector2d(0.7, 1e-30);
  const ExactMasses masses(ExactWeights(a, b, true));
  for (std::size_t i = 0; i < 3; ++i) {
    const double share = a[static_cast<Index>(i)] / a.sum();
    EXPECT_GT(masses.missing(masses.supply[i]), 0.0);
    EXPECT_LE(masses.missing(masses.supply[i]), 0x1p-90);
    EXPECT_NEAR(masses.mass_of(masses.supply[i]).value(), share, 0x1p-52);
  }
}

TEST(PlanFlows, FollowFromTheWeightsAlongATree) {
  // Masses are given wrong on purpose: in a tree the weights alone say what flows.
  const TransportPlan plan{2, 3, {{0, 0, 0.9}, {0, 1, 0.9}, {1, 1, 0.9}, {1, 2, 0.9}}};
  const Vector a = Eigen::Vector2d(3, 5), b = Eigen::Vector3d(1, 4, 3);
  ExactMasses masses(ExactWeights(a, b, false));
  Vector flow = Vector::Zero(4);
  visit_exact_flows(plan, masses,
                    [&](std::size_t k, Int128 units) { flow[static_cast<Index>(k)] = masses.mass_of(units).value(); });
  EXPECT_EQ(flow, Eigen::Vector4d(1, 2, 2, 3));
  for (const Int128 left : masses.supply) EXPECT_TRUE(left == 0);
}

TEST(PlanFlows, KeepWhatAPlanSaysOnACycle) {
  const TransportPlan plan{2, 2, {{0, 0, 0.25}, {0, 1, 0.75}, {1, 0, 0.75}, {1, 1, 0.25}}};
  const Vector ones = Vector::Ones(2);
  ExactMasses masses(ExactWeights(ones, ones, false));
  Vector flow = Vector::Zero(4);
  visit_exact_flows(plan, masses,
                    [&](std::size_t k, Int128 units) { flow[static_cast<Index>(k)] = masses.mass_of(units).value(); });
  // Two units of mass in all: whole units are too coarse for a quarter, and nothing may be counted twice.
  EXPECT_LE(flow.sum(), 2.0);
  EXPECT_LE(flow[0] + flow[1], 1.0);
  EXPECT_LE(flow[0] + flow[2], 1.0);
}

TEST(PlanPotential, SettlesLevelsWhereNoPairIsViolated) {
  // Two trees: source and target 0, source and target 1. Both cross pairs are violated by 1 on the first levels.
  TightPotentials tight{{0.0, 0.0}, {0.0, 0.0}, {0, 1}, {0, 1}, 2};
  settle_levels({{0, 1, -1.0, 0.0}, {1, 0, 3.0, 0.0}}, tight);
  const double difference = (tight.psi[1] - tight.psi[0]).value();
  EXPECT_LE(difference, -1.0);
  EXPECT_GE(difference, -3.0);
  EXPECT_EQ((tight.phi[1] + tight.psi[1]).value(), 0.0);

  TightPotentials impossible{{0.0, 0.0}, {0.0, 0.0}, {0, 1}, {0, 1}, 2};
  settle_levels({{0, 1, -1.0, 0.0}, {1, 0, 0.5, 0.0}}, impossible);  // A cycle of length −½: no levels help.
  EXPECT_EQ(impossible.psi[1].value(), 0.0);
}

TEST(LowerBound, IsBelowTheSumOfAllThatWasRounded) {
  test::RandomClouds random(84);
  const Vector a = Vector::Constant(500, 1.0 / 500), phi = random.normal_points(500, 1).cwiseAbs(), psi = -0.5 * phi;
  const double exact = 0.5 * phi.mean();
  const double bound = lower_bound(ExactWeights(a, a, false), phi, psi, 2);
  EXPECT_LT(bound, exact);
  EXPECT_GT(bound, exact * (1.0 - 1e-14));
}

}  // namespace
}  // namespace brenier
