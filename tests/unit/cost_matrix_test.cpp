#include "brenier/cost_matrix.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "brenier/ground_cost.hpp"
#include "brenier/solve.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

Vector uniform(Index n) { return Vector::Constant(n, 1.0 / static_cast<double>(n)); }

Points table_of(int order, const Points& x, const Points& y) {
  const GroundCost cost(order);
  Points costs(x.rows(), y.rows());
  for (Index i = 0; i < x.rows(); ++i) {
    for (Index j = 0; j < y.rows(); ++j) costs(i, j) = cost(x.row(i).data(), y.row(j).data(), x.cols());
  }
  return costs;
}

Points random_table(Index n, Index m, test::RandomClouds& random) {
  Points costs = random.normal_points(n, m);
  const Index kind = random.integer(0, 3);
  if (kind == 1) costs = costs.array().round();  // Ties everywhere, negative ones too.
  if (kind == 2) costs = (costs.array() > 1.0).select(1e6, costs);
  if (kind == 3) costs.array() += 1e5;
  return costs;
}

/// Checks plan and potentials against the table in extended precision, with nothing of the library's own judge.
void expect_optimal(const Points& costs, const Vector& a, const Vector& b, const CostMatrixSolution& solution) {
  ASSERT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
  EXPECT_LE((solution.plan.source_marginal() - a).cwiseAbs().maxCoeff(), 1e-14 * a.sum());
  EXPECT_LE((solution.plan.target_marginal() - b).cwiseAbs().maxCoeff(), 1e-14 * a.sum());
  const Vector &phi = solution.potentials.phi, &psi = solution.potentials.psi;
  for (Index i = 0; i < costs.rows(); ++i) {
    for (Index j = 0; j < costs.cols(); ++j) {
      // φ + ψ is rounded once more here than where the potentials were made.
      ASSERT_LE(phi[i] + psi[j], costs(i, j) + 0x1p-50 * (std::abs(phi[i]) + std::abs(psi[j]))) << i << ", " << j;
    }
  }
  long double gap = 0.0, size = 0.0;
  for (const PlanEntry& entry : solution.plan.entries) {
    const long double cost = costs(entry.source, entry.target);
    gap += entry.mass * (cost - phi[entry.source] - psi[entry.target]);
    size += entry.mass * std::max(std::abs(costs(entry.source, entry.target)), std::abs(phi[entry.source]));
  }
  EXPECT_LE(static_cast<double>(gap), 1e-12 * std::max(static_cast<double>(size), solution.certificate.cost_scale));
  EXPECT_NEAR(a.dot(phi), b.dot(psi), 1e-12 * static_cast<double>(size) + 1e-300);
}

TEST(CostMatrix, SolvesTablesOfEveryKindWithAProof) {
  test::RandomClouds random(51);
  for (int instance = 0; instance < 300; ++instance) {
    const Index n = random.integer(1, 60), m = random.integer(1, 60);
    const Points costs = random_table(n, m, random);
    const Vector a = random.awkward_weights(n).normalized(), b = random.awkward_weights(m).normalized();
    CostMatrixOptions options;
    options.normalize = true;
    expect_optimal(costs, a / a.sum(), b / b.sum(), solve_cost_matrix(costs, a, b, options));
  }
}

TEST(CostMatrix, FindsTheBestPermutation) {
  test::RandomClouds random(52);
  for (int instance = 0; instance < 60; ++instance) {
    const Index n = random.integer(1, 6);
    const Points costs = random_table(n, n, random);
    std::vector<Index> column(static_cast<std::size_t>(n));
    std::iota(column.begin(), column.end(), Index{0});
    double best = std::numeric_limits<double>::infinity();
    do {
      double sum = 0.0;
      for (Index i = 0; i < n; ++i) sum += costs(i, column[static_cast<std::size_t>(i)]);
      best = std::min(best, sum / static_cast<double>(n));
    } while (std::next_permutation(column.begin(), column.end()));
    const CostMatrixSolution solution = solve_cost_matrix(costs, uniform(n), uniform(n));
    EXPECT_NEAR(solution.cost, best, 1e-14 * costs.cwiseAbs().maxCoeff());
  }
}

TEST(CostMatrix, AgreesWithTheCloudsThatATableComesFrom) {
  test::RandomClouds random(53);
  for (int instance = 0; instance < 40; ++instance) {
    const int order = 1 + instance % 2;
    const DiscreteMeasure x = random.awkward_measure(random.integer(1, 80), 2).normalized();
    const DiscreteMeasure y = random.awkward_measure(random.integer(1, 80), 2).normalized();
    SolveOptions options;
    options.order = order;
    const Solution clouds = solve(x, y, options);
    const Points costs = table_of(order, x.points(), y.points());
    const CostMatrixSolution table = solve_cost_matrix(costs, x.weights(), y.weights());
    EXPECT_EQ(table.termination.reason, Termination::Reason::optimal) << table.termination.detail;
    const double size = std::max(table.certificate.cost_scale, clouds.certificate.cost_scale);
    // Each is proven to 1e-12 of its scale; costs of clouds at 1e8 carry the rounding of their coordinates.
    EXPECT_NEAR(table.cost, clouds.certificate.primal, 2e-12 * size + 1e-7 * (x.points().cwiseAbs().maxCoeff() > 1e6));
  }
}

TEST(CostMatrix, KeepsTheAnswerWhenTheUnitOfCostChanges) {
  test::RandomClouds random(54);
  const Points costs = random.normal_points(40, 50);
  const CostMatrixSolution plain = solve_cost_matrix(costs, uniform(40), uniform(50));
  for (const int exponent : {-900, -100, 107, 900}) {
    const CostMatrixSolution scaled = solve_cost_matrix(std::ldexp(1.0, exponent) * costs, uniform(40), uniform(50));
    EXPECT_EQ(scaled.cost, std::ldexp(plain.cost, exponent));  // A power of two rounds nothing.
    EXPECT_EQ(scaled.plan.entries, plain.plan.entries);
    EXPECT_EQ(scaled.certificate.relative_gap, plain.certificate.relative_gap);
  }
}

TEST(CostMatrix, GivesTheSameForAnyThreadsAndAnyStart) {
  test::RandomClouds random(55);
  const Points costs = table_of(2, random.normal_points(500, 2), random.normal_points(700, 2));
  CostMatrixOptions options;
  options.threads = 1;
  const CostMatrixSolution one = solve_cost_matrix(costs, uniform(500), uniform(700), options);
  options.threads = 3;
  const CostMatrixSolution three = solve_cost_matrix(costs, uniform(500), uniform(700), options);
  EXPECT_EQ(one.plan.entries, three.plan.entries);
  EXPECT_EQ(one.potentials.psi, three.potentials.psi);
  const Potentials only_psi{Vector(), one.potentials.psi};
  for (const bool with_plan : {false, true}) {
    options.start = Start();
    options.start.potentials = only_psi;
    if (with_plan) options.start = one;
    const CostMatrixSolution warm = solve_cost_matrix(costs, uniform(500), uniform(700), options);
    EXPECT_EQ(warm.termination.reason, Termination::Reason::optimal);
    EXPECT_NEAR(warm.cost, one.cost, 1e-12 * one.certificate.cost_scale);
    EXPECT_LT(warm.stats.rounds, one.stats.rounds);
    EXPECT_LT(warm.stats.pivots, with_plan ? one.stats.pivots / 2 : one.stats.pivots);
  }
}

TEST(CostMatrix, StopsWithAFeasiblePlanAndABound) {
  test::RandomClouds random(56);
  const Points costs = random.normal_points(400, 300);
  const double optimum = solve_cost_matrix(costs, uniform(400), uniform(300)).cost;
  CostMatrixOptions options;
  options.time_limit = 1e-9;
  const CostMatrixSolution stopped = solve_cost_matrix(costs, uniform(400), uniform(300), options);
  EXPECT_EQ(stopped.termination.reason, Termination::Reason::time_limit);
  EXPECT_LE(stopped.certificate.marginal_residual, 1e-14);
  EXPECT_GT(stopped.cost, optimum);
  EXPECT_LT(stopped.certificate.lower_bound, optimum);
}

TEST(CostMatrix, JudgesAnyPlanAndPotentials) {
  const Points costs = (Points(2, 2) << -1, 2, 3, 0).finished();
  const TransportPlan best{2, 2, {{0, 0, 0.5}, {1, 1, 0.5}}}, worst{2, 2, {{0, 1, 0.5}, {1, 0, 0.5}}};
  const Potentials zero{Vector::Zero(2), Vector::Zero(2)}, tight{Eigen::Vector2d(-1, 0), Vector::Zero(2)};
  const Vector half = uniform(2);
  const Certificate proof = certify_cost_matrix(costs, half, half, best, tight);
  EXPECT_TRUE(proof.proves_optimality());
  EXPECT_EQ(proof.primal, -0.5);
  EXPECT_EQ(proof.dual, -0.5);
  EXPECT_EQ(proof.cost_scale, 1.5);  // Both columns gather for (1 + 3)/2 and 1, both rows for 1.5 and 1.5.
  const Certificate dear = certify_cost_matrix(costs, half, half, worst, tight);
  EXPECT_EQ(dear.primal, 2.5);
  EXPECT_NEAR(dear.relative_gap, 3.0 / 2.5, 1e-14);
  const Certificate infeasible = certify_cost_matrix(costs, half, half, best, zero);
  EXPECT_NEAR(infeasible.lower_bound, -0.5, 1e-15);
  EXPECT_GT(infeasible.max_violation, 0.5);
}

/// The least cost of a matching that uses allowed pairs only, by trying the rows in turn.
double least_allowed_cost(const Points& costs) {
  const auto n = static_cast<std::size_t>(costs.rows());
  std::vector<double> least(std::size_t{1} << n, std::numeric_limits<double>::infinity());
  least[0] = 0.0;
  for (std::size_t used = 0; used + 1 < least.size(); ++used) {
    Index row = 0;
    for (std::size_t bits = used; bits != 0; bits &= bits - 1) ++row;
    for (std::size_t j = 0; j < n; ++j) {
      if (used >> j & 1) continue;
      double& next = least[used | std::size_t{1} << j];
      next = std::min(next, least[used] + costs(row, static_cast<Index>(j)));
    }
  }
  return least.back() / static_cast<double>(n);
}

TEST(CostMatrix, IsAsExactBesideBigNumbersAsWithoutThem) {
  test::RandomClouds random(57);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (const double big : {1e9, 1e12, 1e15, 1e280, 1.7e308, infinity}) {
    for (int instance = 0; instance < 30; ++instance) {
      const Index n = random.integer(2, 12);
      Points costs(n, n), forbidden(n, n);
      for (Index k = 0; k < costs.size(); ++k) {
        costs.data()[k] = forbidden.data()[k] = random.uniform();
        if (random.integer(0, 1) == 0) continue;
        costs.data()[k] = big;
        forbidden.data()[k] = infinity;
      }
      const double best = least_allowed_cost(forbidden);
      if (!std::isfinite(best)) continue;
      const CostMatrixSolution solution = solve_cost_matrix(costs, uniform(n), uniform(n));
      ASSERT_EQ(solution.termination.reason, Termination::Reason::optimal)
          << big << ": " << solution.termination.detail;
      EXPECT_NEAR(solution.cost, best, 1e-15) << big;
      EXPECT_LE(solution.certificate.lower_bound, best * (1.0 + 1e-15));
      EXPECT_GE(solution.certificate.upper_bound, best * (1.0 - 1e-15));
    }
  }
}

TEST(CostMatrix, NamesSourcesThatCannotAllBeServed) {
  constexpr double no = std::numeric_limits<double>::infinity();
  // Sources 0, 2 and 3 may all reach targets 1 and 2 only.
  const Points costs = (Points(4, 4) << no, 1, 2, no, 1, 1, 1, 1, no, 3, 1, no, no, no, 5, no).finished();
  EXPECT_MESSAGE(solve_cost_matrix(costs, uniform(4), uniform(4)), std::invalid_argument,
                 "no plan of finite cost exists: sources 0, 2, 3 have 0.75 of the mass, but the targets that they may "
                 "reach only 0.5");
  // With a point without mass in front the numbers are still the caller's.
  Points wider = Points::Zero(5, 4);
  wider.bottomRows(4) = costs;
  const Vector a = (Vector(5) << 0, 0.25, 0.25, 0.25, 0.25).finished();
  EXPECT_MESSAGE(solve_cost_matrix(wider, a, uniform(4)), std::invalid_argument, "sources 1, 3, 4 have 0.75");
  Points none = Points::Ones(2, 2);
  none.row(1).setConstant(no);
  EXPECT_MESSAGE(solve_cost_matrix(none, uniform(2), uniform(2)), std::invalid_argument,
                 "sources 1 have 0.5 of the mass, but the targets that they may reach only 0");
}

TEST(CostMatrix, TakesGroupsThatOnlyForbiddenPairsJoin) {
  test::RandomClouds random(58);
  // Two groups whose weights agree up to rounding only.
  Points costs = Points::Constant(30, 40, std::numeric_limits<double>::infinity());
  costs.topLeftCorner(10, 15) = random.normal_points(10, 15);
  costs.bottomRightCorner(20, 25) = random.normal_points(20, 25);
  Vector a(30), b(40);
  for (double& w : a) w = random.uniform();
  for (double& w : b) w = random.uniform();
  a.head(10) *= 0.3 / a.head(10).sum();
  a.tail(20) *= 0.7 / a.tail(20).sum();
  b.head(15) *= 0.3 / b.head(15).sum();
  b.tail(25) *= 0.7 / b.tail(25).sum();
  const CostMatrixSolution solution = solve_cost_matrix(costs, a, b);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
  for (const PlanEntry& entry : solution.plan.entries) EXPECT_EQ(entry.source < 10, entry.target < 15);
}

TEST(CostMatrix, JudgesAPlanOnAForbiddenPair) {
  constexpr double no = std::numeric_limits<double>::infinity();
  const Points costs = (Points(2, 2) << 1, no, 2, 1).finished();
  const TransportPlan crossing{2, 2, {{0, 1, 0.5}, {1, 0, 0.5}}};
  const Certificate proof =
      certify_cost_matrix(costs, uniform(2), uniform(2), crossing, {Vector::Ones(2), Vector::Zero(2)});
  EXPECT_EQ(proof.primal, no);
  EXPECT_FALSE(proof.proves_optimality());
  EXPECT_NEAR(proof.lower_bound, 1.0, 1e-14);
}

TEST(CostMatrix, RefusesAMistakeOfTheCallerByName) {
  const Points costs = Points::Ones(2, 3);
  const Vector two = uniform(2), three = uniform(3);
  Points broken = costs;
  broken(1, 2) = -std::numeric_limits<double>::infinity();
  using Error = std::invalid_argument;
  EXPECT_MESSAGE(solve_cost_matrix(broken, two, three), Error, "costs: row 1, column 2 is -inf, expected a finite");
  broken(1, 2) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_MESSAGE(solve_cost_matrix(broken, two, three), Error, "costs: row 1, column 2 is nan, expected a finite");
  EXPECT_MESSAGE(solve_cost_matrix(Points(0, 3), Vector(), three), Error, "costs: the table is empty");
  EXPECT_MESSAGE(solve_cost_matrix(costs, three, three), Error, "a: there are 3 for 2 points");
  EXPECT_MESSAGE(solve_cost_matrix(costs, two, 2 * three), Error, "total mass 2, but the source has 1");
  EXPECT_MESSAGE(solve_cost_matrix(costs, two, Eigen::Vector3d(1, -1, 1)), Error, "b: entry 1 is -1");
  CostMatrixOptions options;
  options.start.potentials = Potentials{Vector(), two};
  EXPECT_MESSAGE(solve_cost_matrix(costs, two, three, options), Error, "start: psi: there are 2 entries for 3 points");
}

}  // namespace
}  // namespace brenier
