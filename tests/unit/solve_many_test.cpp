#include "brenier/solve_many.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "support/random_clouds.hpp"

namespace brenier {
namespace {

struct Batch {
  std::vector<DiscreteMeasure> sources;
  std::vector<DiscreteMeasure> targets;
};

Batch batch_of_all_kinds() {
  test::RandomClouds random(81);
  Batch batch;
  for (const Index n : {1, 7, 40, 64, 300}) {
    for (const Index dimension : {1, 2, 20}) {
      batch.sources.emplace_back(random.normal_points(n, dimension));
      batch.targets.emplace_back(random.normal_points(n, dimension));
      batch.sources.emplace_back(random.normal_points(n, dimension), random.awkward_weights(n));
      batch.targets.emplace_back(random.normal_points(n + 3, dimension), random.awkward_weights(n + 3));
    }
  }
  return batch;
}

TEST(SolveMany, GivesTheAnswersOfSolve) {
  const Batch batch = batch_of_all_kinds();
  SolveOptions options;
  options.normalize = true;
  for (const int order : {1, 2}) {
    options.order = order;
    for (const int threads : {1, 2, 3}) {
      options.threads = threads;
      const std::vector<Solution> found = solve_many(batch.sources, batch.targets, options);
      ASSERT_EQ(found.size(), batch.sources.size());
      for (std::size_t k = 0; k < found.size(); ++k) {
        const Solution alone = solve(batch.sources[k], batch.targets[k], options);
        EXPECT_EQ(found[k].distance, alone.distance);
        EXPECT_EQ(found[k].plan.entries, alone.plan.entries);
        EXPECT_EQ(found[k].potentials.phi, alone.potentials.phi);
        EXPECT_EQ(found[k].potentials.psi, alone.potentials.psi);
        EXPECT_EQ(found[k].certificate.distance_lower, alone.certificate.distance_lower);
        EXPECT_EQ(found[k].termination.reason, Termination::Reason::optimal);
      }
    }
  }
}

TEST(SolveMany, OfNothingIsNothing) { EXPECT_TRUE(solve_many({}, {}).empty()); }

std::string refusal(const Batch& batch, const SolveOptions& options) {
  try {
    solve_many(batch.sources, batch.targets, options);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(SolveMany, NamesTheFirstProblemThatIsRefused) {
  Batch batch = batch_of_all_kinds();
  SolveOptions options;
  options.normalize = true;
  batch.targets[5] = DiscreteMeasure(Points::Zero(2, 9));
  batch.targets[11] = DiscreteMeasure(Points::Zero(2, 9));
  for (const int threads : {1, 2}) {
    options.threads = threads;
    EXPECT_EQ(refusal(batch, options).rfind("problem 5: ", 0), 0U) << refusal(batch, options);
  }
  batch.targets.pop_back();
  EXPECT_NE(refusal(batch, options).find("expected as many as sources, 30"), std::string::npos);
}

TEST(SolveMany, RefusesAStart) {
  Batch batch = batch_of_all_kinds();
  SolveOptions options;
  options.start.potentials = Potentials{Vector::Zero(1), Vector::Zero(1)};
  EXPECT_EQ(refusal(batch, options).rfind("start: ", 0), 0U);
}

/// Wants to stop once so many problems are done.
class StopAfter final : public Monitor {
 public:
  explicit StopAfter(int problems) : problems_(problems) {}
  bool stop_requested() noexcept override { return done_ >= problems_; }
  void report(const Progress& progress) override {
    EXPECT_EQ(progress.phase, "batch");
    EXPECT_GT(progress.round, done_);
    done_ = progress.round;
  }

 private:
  int problems_;
  int done_ = 0;
};

TEST(SolveMany, LeavesFeasiblePlansWhenStopped) {
  const Batch batch = batch_of_all_kinds();
  StopAfter monitor(12);
  SolveOptions options;
  options.normalize = true;
  options.threads = 1;
  options.monitor = &monitor;
  const std::vector<Solution> found = solve_many(batch.sources, batch.targets, options);
  for (std::size_t k = 0; k < found.size(); ++k) {
    EXPECT_LE(found[k].certificate.marginal_residual, 1e-12);
    if (k < 12) {
      EXPECT_EQ(found[k].termination.reason, Termination::Reason::optimal);
    }
  }
  EXPECT_EQ(found.back().termination.reason, Termination::Reason::interrupted);
}

class ThrowAtOnce final : public Monitor {
  void report(const Progress&) override { throw std::runtime_error("enough"); }
};

TEST(SolveMany, PassesOnWhatAMonitorThrows) {
  const Batch batch = batch_of_all_kinds();
  ThrowAtOnce monitor;
  SolveOptions options;
  options.normalize = true;
  options.threads = 1;
  options.monitor = &monitor;
  EXPECT_THROW(solve_many(batch.sources, batch.targets, options), std::runtime_error);
}

}  // namespace
}  // namespace brenier
