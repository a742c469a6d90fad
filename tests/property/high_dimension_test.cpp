#include <gtest/gtest.h>

#include <utility>

#include "brenier/solve.hpp"
#include "support/peak_memory.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

Solution solved(const DiscreteMeasure& source, const DiscreteMeasure& target, SolveOptions options) {
  options.engine = EngineKind::multiscale;
  options.normalize = true;
  return solve(source, target, options);
}

/// The least memory, up to 50 kB, with which a solve is not refused.
double least_memory(const DiscreteMeasure& source, const DiscreteMeasure& target, SolveOptions options) {
  options.time_limit = 1e-9;
  for (options.memory = 5e4;; options.memory += 5e4) {
    try {
      solved(source, target, options);
      return options.memory;
    } catch (const std::length_error&) {
    }
  }
}

/// Points whose masses are all equal, or awkward.
DiscreteMeasure measure(test::RandomClouds& random, Index n, Index dimension, bool equal) {
  if (equal) return DiscreteMeasure(random.awkward_points(n, dimension));
  return DiscreteMeasure(random.awkward_points(n, dimension), random.awkward_weights(n));
}

/// Order of the cost; are masses equal?
class HighDimension : public testing::TestWithParam<std::tuple<int, bool>> {};

INSTANTIATE_TEST_SUITE_P(Problems, HighDimension, testing::Combine(testing::Values(1, 2), testing::Bool()));

TEST_P(HighDimension, IsProvenAndAgreesWithAnotherSolver) {
  const auto [order, equal] = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(5000 + order));
  SolveOptions options;
  options.order = order;
  for (int instance = 0; instance < 40; ++instance) {
    SCOPED_TRACE(testing::Message() << "instance " << instance);
    const Index dimension = random.integer(13, 90);
    const Index n = random.integer(1, 120), m = equal ? n : random.integer(1, 120);
    const DiscreteMeasure source = measure(random, n, dimension, equal), target = measure(random, m, dimension, equal);
    const Solution multiscale = solved(source, target, options);
    EXPECT_EQ(multiscale.termination.reason, Termination::Reason::optimal) << multiscale.termination.detail;
    EXPECT_EQ(multiscale.stats.search, "matrix");
    SolveOptions lemon = options;
    lemon.engine = EngineKind::lemon;
    lemon.normalize = true;
    const Certificate reference = solve(source, target, lemon).certificate;
    // Both are proven within 1e-12 of the scale.
    EXPECT_NEAR(multiscale.certificate.primal, reference.primal,
                2e-12 * std::max(reference.primal, reference.cost_scale));
  }
}

TEST_P(HighDimension, GivesTheSameBytesForAnyMemoryAndNumberOfThreads) {
  const auto [order, equal] = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(6000 + order));
  const Index n = 700, m = equal ? 700 : 601, dimension = 40;
  const DiscreteMeasure source(random.normal_points(n, dimension)), target(random.normal_points(m, dimension));
  SolveOptions options;
  options.order = order;
  options.threads = 1;
  const Solution reference = solved(source, target, options);
  EXPECT_EQ(reference.termination.reason, Termination::Reason::optimal);
  // All costs are 1.7 MB: with the least that is not refused, hardly any are kept, with a little more some.
  options.threads = 2;
  const double least = least_memory(source, target, options);
  for (const double memory : {0.0, least, least + 5e5}) {
    for (const int threads : {1, 2}) {
      options.memory = memory;
      options.threads = threads;
      const Solution other = solved(source, target, options);
      EXPECT_EQ(other.plan.entries, reference.plan.entries);
      EXPECT_EQ(other.potentials.phi, reference.potentials.phi);
      EXPECT_EQ(other.potentials.psi, reference.potentials.psi);
      EXPECT_EQ(other.certificate.dual, reference.certificate.dual);
      EXPECT_EQ(other.stats.pivots, reference.stats.pivots);
    }
  }
}

TEST_P(HighDimension, DoesNotCareWhereThePointsAreAndInWhatUnit) {
  const auto [order, equal] = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(7000 + order));
  const Index n = 300, m = equal ? 300 : 250, dimension = 20;
  // Multiples of 2⁻¹⁰ stay what they are when 2²⁶ is added, and powers of two change no digit.
  const auto grid = [&](Index count) -> Points {
    return (random.normal_points(count, dimension).array() * 1024.0).round() / 1024.0;
  };
  const Points x = grid(n), y = grid(m);
  SolveOptions options;
  options.order = order;
  const double distance = solved(DiscreteMeasure(x), DiscreteMeasure(y), options).distance;
  for (const double scale : {0x1p-100, 0x1p100}) {
    const Solution scaled = solved(DiscreteMeasure(Points(scale * x)), DiscreteMeasure(Points(scale * y)), options);
    EXPECT_EQ(scaled.termination.reason, Termination::Reason::optimal) << scaled.termination.detail;
    EXPECT_NEAR(scaled.distance / scale, distance, 1e-12 * distance);
  }
  const Solution shifted =
      solved(DiscreteMeasure(Points(x.array() + 0x1p26)), DiscreteMeasure(Points(y.array() + 0x1p26)), options);
  EXPECT_EQ(shifted.termination.reason, Termination::Reason::optimal) << shifted.termination.detail;
  // The mean of numbers near 2²⁶ is rounded to 2⁻²⁷, which moves the centred clouds together, not their distance.
  EXPECT_NEAR(shifted.distance, distance, 1e-7 * distance);
}

/// Stops at the first question once this many reports have come.
class StopAfterReports : public Monitor {
 public:
  explicit StopAfterReports(int reports) : left_(reports) {}
  bool stop_requested() noexcept override { return left_ <= 0; }
  void report(const Progress&) override { --left_; }

 private:
  int left_;
};

TEST_P(HighDimension, StoppedAnywhereGivesAFeasiblePlanAndABound) {
  const auto [order, equal] = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(8000 + order));
  const DiscreteMeasure source(random.normal_points(400, 20)), target(random.normal_points(equal ? 400 : 350, 20));
  SolveOptions options;
  options.order = order;
  const double optimum = solved(source, target, options).certificate.primal;
  for (const int reports : {0, 1, 2, 3}) {
    StopAfterReports monitor(reports);
    options.monitor = &monitor;
    const Solution stopped = solved(source, target, options);
    EXPECT_LE(stopped.certificate.marginal_residual, 1e-12) << "after " << reports << " reports";
    EXPECT_LE(stopped.certificate.lower_bound, optimum * (1 + 1e-12));
    EXPECT_GE(stopped.certificate.primal, optimum * (1 - 1e-12));
    if (reports == 0) {
      EXPECT_EQ(stopped.termination.reason, Termination::Reason::interrupted);
    }
  }
}

TEST(HighDimension, SaysThatAnAuctionBegan) {
  test::RandomClouds random(11);
  const DiscreteMeasure source(random.normal_points(300, 40)), target(random.normal_points(300, 40));
  EXPECT_EQ(solved(source, target, SolveOptions()).stats.engine, "auction");
  const DiscreteMeasure uneven(random.normal_points(300, 40), random.awkward_weights(300));
  EXPECT_EQ(solved(uneven, target, SolveOptions()).stats.engine, "multiscale");
}

TEST(HighDimension, KeepsWithinItsMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers multiply the memory";
#endif
  // 4000 × 4000 costs are 61 MiB.
  const auto clouds = [] {
    test::RandomClouds random(1);
    return std::pair(DiscreteMeasure(random.normal_points(4000, 20)), DiscreteMeasure(random.normal_points(4000, 20)));
  };
  const auto peak_mebibytes = [&](double memory) {
    return test::peak_mebibytes(clouds, [memory](const auto& measures) {
      SolveOptions options;
      options.memory = memory;
      options.threads = 1;
      return solved(measures.first, measures.second, options).termination.reason == Termination::Reason::optimal;
    });
  };
  constexpr double mebibyte = 1024.0 * 1024.0;
  const double all = peak_mebibytes(200.0 * mebibyte), some = peak_mebibytes(40.0 * mebibyte);
  EXPECT_GT(all, 61.0);
  EXPECT_LT(all, 200.0);
  EXPECT_GT(some, 10.0);
  EXPECT_LT(some, 40.0 * 1.25);  // What the allocator keeps for itself comes on top.
}

}  // namespace
}  // namespace brenier
