#include <gtest/gtest.h>

#include <algorithm>

#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

Solution solved(const DiscreteMeasure& source, const DiscreteMeasure& target, int order, EngineKind engine,
                int threads = 1) {
  SolveOptions options;
  options.order = order;
  options.normalize = true;
  options.engine = engine;
  options.threads = threads;
  return solve(source, target, options);
}

void expect_optimal(const Solution& solution) {
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
}

DiscreteMeasure sampled(const std::string& kind, Index n, Index dimension, std::uint64_t seed) {
  SampleOptions options;
  options.kind = kind;
  options.n = n;
  options.dimension = dimension;
  options.seed = seed;
  return sample(options);
}

/// One of 20 series of 60 small instances in every regime: awkward points and weights, d = 1 – 8, both orders.
class MultiscaleInstances : public testing::TestWithParam<int> {
 protected:
  test::RandomClouds random_{static_cast<std::uint64_t>(77000 + GetParam())};
};

INSTANTIATE_TEST_SUITE_P(Series, MultiscaleInstances, testing::Range(0, 20));

TEST_P(MultiscaleInstances, AreOptimalAndAgreeWithAnotherSolver) {
  for (int instance = 0; instance < 60; ++instance) {
    SCOPED_TRACE(testing::Message() << "series " << GetParam() << ", instance " << instance);
    const Index n = random_.integer(1, 50), m = random_.integer(1, 50);
    const Index dimension = random_.integer(1, 8);
    const DiscreteMeasure source = random_.awkward_measure(n, dimension);
    const DiscreteMeasure target = random_.awkward_measure(m, dimension);
    const auto order = static_cast<int>(random_.integer(1, 2));
    const Solution multiscale = solved(source, target, order, EngineKind::multiscale);
    const Solution lemon = solved(source, target, order, EngineKind::lemon);
    expect_optimal(multiscale);
    // Both are proven within 1e-12 of the scale.
    EXPECT_NEAR(multiscale.certificate.primal, lemon.certificate.primal,
                2e-12 * std::max(lemon.certificate.primal, lemon.certificate.cost_scale));
  }
}

/// Sizes beyond the coarsest level, so that every room of the engine works: prime, odd, unequal.
TEST_P(MultiscaleInstances, OfSeveralLevelsAreProven) {
  const Index sizes[] = {257, 509, 1021, 1500, 2003};
  const Index n = sizes[GetParam() % 5], m = sizes[random_.integer(0, 4)];
  const auto order = static_cast<int>(1 + GetParam() / 10);
  const Index dimension = random_.integer(1, 4);
  expect_optimal(solved(random_.awkward_measure(n, dimension), random_.awkward_measure(m, dimension), order,
                        EngineKind::multiscale));
}

TEST(Multiscale, ProvesMorePairsThan32BitsCount) {
  const Solution solution =
      solved(sampled("uniform", 66000, 2, 1), sampled("uniform", 66000, 2, 2), 2, EngineKind::automatic, 2);
  ASSERT_GT(solution.plan.sources * solution.plan.targets, Index{1} << 32);
  EXPECT_EQ(solution.stats.engine, "multiscale");
  EXPECT_EQ(solution.stats.search, "tree");
  expect_optimal(solution);
}

TEST(Multiscale, GivesTheSameBytesForOneAndTwoThreads) {
  for (const int order : {1, 2}) {
    const DiscreteMeasure source = sampled("gaussian", 9001, 2, 1), target = sampled("ring", 9001, 2, 2);
    const Solution one = solved(source, target, order, EngineKind::multiscale, 1);
    const Solution two = solved(source, target, order, EngineKind::multiscale, 2);
    expect_optimal(one);
    EXPECT_EQ(one.plan.entries, two.plan.entries);
    EXPECT_EQ(one.potentials.phi, two.potentials.phi);
    EXPECT_EQ(one.potentials.psi, two.potentials.psi);
    EXPECT_EQ(one.stats.pivots, two.stats.pivots);
  }
}

TEST(Multiscale, StartsFromItsOwnAnswerInOneRound) {
  for (const int order : {1, 2}) {
    const DiscreteMeasure source = sampled("gaussian", 3001, 2, 1), target = sampled("ring", 2503, 2, 2);
    const Solution cold = solved(source, target, order, EngineKind::multiscale);
    SolveOptions options;
    options.order = order;
    options.start = cold;
    const Solution warm = solve(source, target, options);
    expect_optimal(warm);
    EXPECT_EQ(warm.stats.levels, 1);
    // The potentials were shifted and rounded on their way out: what that disturbs is mended in a round.
    EXPECT_LE(warm.stats.rounds, 2);
    EXPECT_NEAR(warm.distance, cold.distance, 1e-12 * cold.distance);
  }
}

TEST(Multiscale, TakesAnyStartAndIsExactAllTheSame) {
  const DiscreteMeasure source = sampled("gaussian", 700, 2, 1), target = sampled("ring", 900, 2, 2);
  const double distance = solved(source, target, 2, EngineKind::lemon).distance;
  const std::optional<TransportPlan> too_much{{700, 900, {{0, 0, 1e6}, {3, 5, 0.5}, {3, 5, 0.5}, {699, 899, 1e-9}}}};
  const std::optional<TransportPlan> nothing{{700, 900, {}}};
  const std::optional<Potentials> wild{{Vector::LinSpaced(700, -1e3, 1e3), Vector::LinSpaced(900, 50.0, -50.0)}};
  SolveOptions options;
  for (const auto& plan : {too_much, nothing, std::optional<TransportPlan>()}) {
    for (const auto& potentials : {wild, std::optional<Potentials>()}) {
      options.engine = EngineKind::multiscale;
      options.start.plan = plan;
      options.start.potentials = potentials;
      const Solution solution = solve(source, target, options);
      expect_optimal(solution);
      EXPECT_NEAR(solution.distance, distance, 1e-12 * distance);
    }
  }
}

TEST(Multiscale, RefusesAStartThatDoesNotFit) {
  const DiscreteMeasure source = sampled("gaussian", 7, 2, 1), target = sampled("ring", 9, 2, 2);
  const TransportPlan plan{8, 9, {}};
  SolveOptions options;
  options.start.plan = plan;
  EXPECT_THROW(solve(source, target, options), std::invalid_argument);
  options.start.plan.reset();
  const Potentials potentials{Vector::Zero(7), Vector::Zero(8)};
  options.start.potentials = potentials;
  EXPECT_THROW(solve(source, target, options), std::invalid_argument);
  options.start.potentials.reset();
  const TransportPlan fitting{7, 9, {}};
  options.start.plan = fitting;
  options.engine = EngineKind::lemon;
  EXPECT_THROW(solve(source, target, options), std::invalid_argument);
}

/// Stops once it has heard of this level.
class StopAtLevel : public Monitor {
 public:
  explicit StopAtLevel(int level) : level_(level) {}
  bool stop_requested() noexcept override { return reached_; }
  void report(const Progress& progress) override { reached_ = reached_ || progress.level >= level_; }

 private:
  int level_;
  bool reached_ = false;
};

TEST(Multiscale, StoppedOnAnyLevelGivesAFeasiblePlanAndABound) {
  const DiscreteMeasure source = sampled("gaussian", 4001, 2, 1), target = sampled("ring", 3000, 2, 2);
  for (const int order : {1, 2}) {
    const double optimum = solved(source, target, order, EngineKind::multiscale).certificate.primal;
    for (const int level : {0, 2, 4}) {
      StopAtLevel monitor(level);
      SolveOptions options;
      options.order = order;
      options.monitor = &monitor;
      const Solution solution = solve(source, target, options);
      EXPECT_EQ(solution.termination.reason, Termination::Reason::interrupted);
      EXPECT_LE(solution.certificate.marginal_residual, 1e-12);
      EXPECT_LE(solution.certificate.lower_bound, optimum * (1 + 1e-12));
      EXPECT_GE(solution.certificate.primal, optimum * (1 - 1e-12));
      // Level 0 is stopped before its first pivot; what comes down from solved levels is worth more.
      if (level > 0) {
        EXPECT_LE(solution.certificate.relative_gap, 0.5);
      }
    }
  }
}

/// Remembers the largest bound it was told.
class Bounds : public Monitor {
 public:
  void report(const Progress& progress) override { greatest = std::max(greatest, progress.lower_bound); }
  double greatest = -1.0;
};

TEST(Multiscale, ReportsBoundsThatHold) {
  const DiscreteMeasure source = sampled("gaussian", 2000, 2, 1), target = sampled("ring", 2000, 2, 2);
  for (const int order : {1, 2}) {
    SCOPED_TRACE(order);
    Bounds monitor;
    SolveOptions options;
    options.order = order;
    options.monitor = &monitor;
    const double optimum = solve(source, target, options).certificate.primal;
    EXPECT_LE(monitor.greatest, optimum * (1 + 1e-12));
    EXPECT_GE(monitor.greatest, 0.99 * optimum);
  }
}

}  // namespace
}  // namespace brenier
