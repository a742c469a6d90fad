#include <gtest/gtest.h>

#include <numeric>

#include "brenier/ground_cost.hpp"
#include "engines/lemon/lemon_engine.hpp"
#include "engines/line/line_engine.hpp"
#include "problem/north_west_corner.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier::engines {
namespace {

RunControl unlimited() { return RunControl(nullptr, std::numeric_limits<double>::infinity(), 1); }

/// A monitor that wants to stop when it is asked for the n-th time.
class StopAt : public Monitor {
 public:
  explicit StopAt(int question) : left_(question) {}
  bool stop_requested() noexcept override { return --left_ <= 0; }

 private:
  int left_;
};

Problem random_problem(int order, Index n, Index m, Index dimension, test::RandomClouds& random) {
  Problem problem;
  problem.order = order;
  problem.cost_scale = 1.0;
  problem.sources = random.normal_points(n, dimension);
  problem.targets = random.normal_points(m, dimension);
  problem.supply.assign(static_cast<std::size_t>(n), m);
  problem.demand.assign(static_cast<std::size_t>(m), n);
  for (Index unit = 0; unit < n; ++unit) {  // Move some mass about.
    ++problem.supply[static_cast<std::size_t>(random.integer(0, n - 1))];
    ++problem.demand[static_cast<std::size_t>(random.integer(0, m - 1))];
  }
  return problem;
}

void expect_feasible(const Problem& problem, const EngineResult& result) {
  std::vector<std::int64_t> supply(problem.supply.size());
  std::vector<std::int64_t> demand(problem.demand.size());
  for (const Shipment& shipment : result.shipments) {
    EXPECT_GT(shipment.units, 0);
    supply[static_cast<std::size_t>(shipment.source)] += shipment.units;
    demand[static_cast<std::size_t>(shipment.target)] += shipment.units;
  }
  EXPECT_EQ(supply, problem.supply);
  EXPECT_EQ(demand, problem.demand);
}

/// Mean over the units of c(x, y) − ψᶜ(x) − ψ(y): zero if and only if plan and potential are optimal.
double mean_slack(const Problem& problem, const EngineResult& result) {
  const GroundCost cost(problem.order);
  const auto priced = [&](Index i, Index j) {
    return cost(problem.sources.row(i).data(), problem.targets.row(j).data(), problem.sources.cols()) - result.psi[j];
  };
  double slack = 0.0;
  for (const Shipment& shipment : result.shipments) {
    double phi = priced(shipment.source, 0);
    for (Index j = 1; j < problem.targets.rows(); ++j) phi = std::min(phi, priced(shipment.source, j));
    slack += static_cast<double>(shipment.units) * (priced(shipment.source, shipment.target) - phi);
  }
  return slack / static_cast<double>(std::accumulate(problem.supply.begin(), problem.supply.end(), std::int64_t{0}));
}

TEST(LemonEngine, FindsFeasibleTightPlans) {
  test::RandomClouds random(21);
  for (int instance = 0; instance < 100; ++instance) {
    const Problem problem = random_problem(1 + instance % 2, random.integer(1, 40), random.integer(1, 40), 2, random);
    RunControl control = unlimited();
    SolveStats stats;
    const EngineResult result = LemonEngine().solve(problem, control, stats);
    EXPECT_TRUE(result.finished);
    expect_feasible(problem, result);
    // The unit of cost is 2⁻⁵⁰ of costs up to 50; potentials of this size are rounded as well.
    EXPECT_LE(mean_slack(problem, result), 50 * 4 * 0x1p-50);
  }
}

TEST(LineEngine, FindsFeasibleTightPlans) {
  test::RandomClouds random(22);
  for (int instance = 0; instance < 300; ++instance) {
    Problem problem = random_problem(1 + instance % 2, random.integer(1, 40), random.integer(1, 40), 1, random);
    if (instance % 3 == 0) {
      problem.sources = problem.sources.array().round();
      problem.targets = problem.targets.array().round();
    }
    RunControl control = unlimited();
    SolveStats stats;
    const EngineResult result = LineEngine().solve(problem, control, stats);
    EXPECT_TRUE(result.finished);
    expect_feasible(problem, result);
    // Costs are up to 50, potentials on the staircase likewise, each rounded a few times.
    EXPECT_LE(mean_slack(problem, result), 50 * 8 * 0x1p-53);
  }
}

TEST(LemonEngine, StopsWithAFeasiblePlanWheneverItIsAsked) {
  test::RandomClouds random(23);
  const Problem problem = random_problem(2, 120, 150, 3, random);
  for (const int question : {1, 2, 3, 10, 30, 100}) {
    StopAt monitor(question);
    RunControl control(&monitor, std::numeric_limits<double>::infinity(), 1);
    SolveStats stats;
    const EngineResult result = LemonEngine().solve(problem, control, stats);
    EXPECT_TRUE(!result.finished || question > 3) << question;
    expect_feasible(problem, result);
    EXPECT_TRUE(result.psi.allFinite());
    EXPECT_GE(mean_slack(problem, result), 0.0);
  }
}

TEST(LemonEngine, RefusesMoreArcsThanItCanNumber) {
  RunControl control = unlimited();
  SolveStats stats;
  Problem problem;
  problem.sources = Points::Zero(50000, 1);
  problem.targets = Points::Zero(50000, 1);
  EXPECT_MESSAGE(LemonEngine().solve(problem, control, stats), std::length_error, "50000 sources and 50000 targets");
}

TEST(LemonEngine, EstimatesItsMemory) {
  // Five arrays of 64 bits, three of 32 and one of 8 in LEMON, and our own costs: 61 bytes an arc.
  const double bytes = LemonEngine().memory_estimate(10000, 10000, 2);
  EXPECT_GE(bytes, 61e8);
  EXPECT_LE(bytes, 62e8);
}

TEST(NorthWestCorner, ServesInOrderAndPassesOverZeros) {
  const auto shipments = north_west_corner({1, 0, 2}, {0, 1, 2}, {3, 2, 0}, {1, 0, 4});
  ASSERT_EQ(shipments.size(), 3u);
  const auto as_tuple = [](const Shipment& shipment) {
    return std::make_tuple(shipment.source, shipment.target, shipment.units);
  };
  EXPECT_EQ(as_tuple(shipments[0]), std::make_tuple(1, 0, 1));
  EXPECT_EQ(as_tuple(shipments[1]), std::make_tuple(1, 2, 1));
  EXPECT_EQ(as_tuple(shipments[2]), std::make_tuple(0, 2, 3));
}

}  // namespace
}  // namespace brenier::engines
