#include <gtest/gtest.h>

#include <cmath>

#include "brenier/certificate.hpp"
#include "support/expect_message.hpp"

namespace brenier {
namespace {

/// Sources at 0 and 1, targets at 2 and 4, mass ½ each: T₁ = 2.5, T₂ = (½·4 + ½·9)/2 = 3.25.
const DiscreteMeasure source((Points(2, 1) << 0, 1).finished());
const DiscreteMeasure target((Points(2, 1) << 2, 4).finished());
const TransportPlan optimal_plan{2, 2, {{0, 0, 0.5}, {1, 1, 0.5}}};
/// c₂ = [[2, 8], [0.5, 4.5]]: φ = (0, −3) and ψ = (2, 7.5) are tight on the diagonal and on (1, 1), slack on the rest.
const Potentials optimal_potentials{Eigen::Vector2d(0, -3), Eigen::Vector2d(2, 7.5)};

TEST(Certify, ProvesAnOptimalAnswer) {
  const Certificate certificate = certify(source, target, optimal_plan, optimal_potentials);
  EXPECT_EQ(certificate.primal, 3.25);
  EXPECT_EQ(certificate.dual, 3.25);
  EXPECT_LE(certificate.lower_bound, 3.25);
  EXPECT_GE(certificate.upper_bound, 3.25);
  EXPECT_LE(certificate.upper_bound - certificate.lower_bound, 1e-14);
  EXPECT_EQ(certificate.distance, std::sqrt(6.5));
  EXPECT_LE(certificate.distance_lower, certificate.distance);
  EXPECT_GE(certificate.distance_upper, certificate.distance);
  EXPECT_LE(certificate.relative_gap, 1e-13);
  EXPECT_EQ(certificate.max_violation, 0.0);
  EXPECT_EQ(certificate.marginal_residual, 0.0);
  EXPECT_EQ(certificate.cost_scale, 0.5 * (0.25 + 1.0));  // Variances ¼ and 1.
  EXPECT_TRUE(certificate.proves_optimality());
}

TEST(Certify, DoesNotProveABadPlan) {
  const Certificate certificate = certify(source, target, {2, 2, {{0, 1, 0.5}, {1, 0, 0.5}}}, optimal_potentials);
  EXPECT_EQ(certificate.primal, 4.25);
  EXPECT_EQ(certificate.dual, 3.25);
  EXPECT_NEAR(certificate.relative_gap, 1.0 / 1.125, 1e-13);  // 2.5² of it is what both means are apart.
  EXPECT_FALSE(certificate.proves_optimality());
}

TEST(Certify, DoesNotProveWithBadPotentials) {
  const Certificate certificate = certify(source, target, optimal_plan, {Vector::Zero(2), Vector::Zero(2)});
  EXPECT_EQ(certificate.max_violation, 0.0);
  EXPECT_EQ(certificate.dual, 0.0);
  // (0, ψᶜ = (2, ½)) would give 1.25; centred, half the squared distance of the means is 0.5·2.5² = 3.125.
  EXPECT_GE(certificate.lower_bound, 1.25);
  EXPECT_LE(certificate.lower_bound, 3.25);
  EXPECT_FALSE(certificate.proves_optimality());
}

TEST(Certify, ReportsAViolationAndStillGivesAProvenBound) {
  // ψ₁ one too high: the dual value of 3.75 is above the optimum, a bound it is not.
  const Certificate certificate =
      certify(source, target, optimal_plan, {optimal_potentials.phi, Eigen::Vector2d(2, 8.5)});
  EXPECT_EQ(certificate.dual, 3.75);
  EXPECT_GT(certificate.max_violation, 0.01);
  EXPECT_LE(certificate.lower_bound, 3.25);
  EXPECT_GE(certificate.lower_bound, 2.75);  // D − violation · mass
  EXPECT_FALSE(certificate.proves_optimality());
}

TEST(Certify, ReportsMarginalsThatAreNotMet) {
  const Certificate certificate = certify(source, target, {2, 2, {{0, 0, 0.5}, {1, 1, 0.375}}}, optimal_potentials);
  EXPECT_EQ(certificate.marginal_residual, 0.25);
  EXPECT_FALSE(certificate.proves_optimality());
}

TEST(Certify, DoesNotLetTargetsWithoutMassSpoilTheBound) {
  const DiscreteMeasure wider((Points(3, 1) << 2, 4, 0).finished(), Eigen::Vector3d(0.5, 0.5, 0));
  const Certificate certificate =
      certify(source, wider, {2, 3, optimal_plan.entries}, {optimal_potentials.phi, Eigen::Vector3d(2, 7.5, 100)});
  EXPECT_GT(certificate.max_violation, 0.1);
  EXPECT_NEAR(certificate.lower_bound, 3.25, 1e-14);
  EXPECT_FALSE(certificate.proves_optimality());
}

TEST(Certify, RefusesWhatDoesNotFitTogether) {
  const auto attempt = [](const TransportPlan& plan, const Potentials& potentials, int order = 2) {
    CertifyOptions options;
    options.order = order;
    return certify(source, target, plan, potentials, options);
  };
  const Potentials& good = optimal_potentials;
  EXPECT_MESSAGE(attempt({3, 2, {}}, good), std::invalid_argument, "plan: made for 3 sources");
  EXPECT_MESSAGE(attempt({2, 2, {{0, 2, 1.0}}}, good), std::invalid_argument,
                 "plan: entry 0 joins source 0 and target 2");
  EXPECT_MESSAGE(attempt({2, 2, {{-1, 0, 1.0}}}, good), std::invalid_argument, "plan: entry 0 joins source -1");
  EXPECT_MESSAGE(attempt({2, 2, {{0, 0, -1.0}}}, good), std::invalid_argument, "plan: entry 0 has mass -1");
  EXPECT_MESSAGE(attempt(optimal_plan, {good.phi, Vector::Zero(3)}), std::invalid_argument, "psi: there are 3 entries");
  EXPECT_MESSAGE(attempt(optimal_plan, {Eigen::Vector2d(0, 1e308 * 10), good.psi}), std::invalid_argument,
                 "phi: entry 1 is inf");
  EXPECT_MESSAGE(attempt(optimal_plan, good, 3), std::invalid_argument, "order: is 3");
}

}  // namespace
}  // namespace brenier
