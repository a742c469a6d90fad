#include <gtest/gtest.h>
#include <omp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>
#include <vector>

#include "brenier/cost_matrix.hpp"
#include "brenier/monitor.hpp"
#include "brenier/potentials.hpp"
#include "brenier/solve.hpp"
#include "control/parallel.hpp"
#include "support/draw.hpp"

namespace brenier {
namespace {

/// Who may call, and from where.
class Callers : public testing::Test {
 protected:
  Callers() { worth_waking_threads = 0.0; }
  ~Callers() override { worth_waking_threads = usual_; }

  const DiscreteMeasure source_ = test::draw("gaussian", 400, 1), target_ = test::draw("ring", 500, 2);

 private:
  const double usual_ = worth_waking_threads;
};

/// Throws at a report.
class Thrower : public Monitor {
 public:
  explicit Thrower(int report) : left_(report) {}
  void report(const Progress&) override {
    if (left_-- == 0) throw std::domain_error("enough");
  }

 private:
  int left_;
};

SolveOptions on_threads(int threads) {
  SolveOptions options;
  options.engine = EngineKind::multiscale;
  options.threads = threads;
  return options;
}

TEST_F(Callers, MayForkAfterASolve) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the thread sanitizer knows no forks";
#endif
  const double distance = solve(source_, target_, on_threads(2)).distance;
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);
    _exit(solve(source_, target_, on_threads(2)).distance == distance ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
  EXPECT_EQ(solve(source_, target_, on_threads(2)).distance, distance);
}

TEST_F(Callers, MaySolveOnSeveralThreadsAtOnce) {
  const Solution alone = solve(source_, target_, on_threads(2));
  std::vector<Solution> solutions(4);
  std::vector<std::thread> callers;
  for (Solution& solution : solutions) {
    callers.emplace_back([&] { solution = solve(source_, target_, on_threads(2)); });
  }
  for (std::thread& caller : callers) caller.join();
  for (const Solution& solution : solutions) {
    EXPECT_EQ(solution.plan.entries, alone.plan.entries);
    EXPECT_EQ(solution.potentials.psi, alone.potentials.psi);
  }
}

TEST_F(Callers, MayAskAPotentialOnSeveralThreadsAtOnce) {
  const Solution solution = solve(source_, target_, on_threads(1));
  const Potential potential(2, target_.points(), solution.potentials.psi);
  const Vector alone = potential.value(source_.points());
  std::vector<Vector> values(4);
  std::vector<std::thread> callers;
  for (Vector& value : values) callers.emplace_back([&] { value = potential.value(source_.points()); });
  for (std::thread& caller : callers) caller.join();
  for (const Vector& value : values) EXPECT_EQ(value, alone);
}

TEST_F(Callers, GetWhatTheirMonitorThrows) {
  SolveOptions options = on_threads(2);
  for (const EngineKind engine : {EngineKind::lemon, EngineKind::multiscale}) {
    options.engine = engine;
    for (const int report : {0, 1, 2}) {
      Thrower monitor(report);
      options.monitor = &monitor;
      if (engine == EngineKind::lemon && report > 0) continue;  // It has no more to say.
      EXPECT_THROW(solve(source_, target_, options), std::domain_error) << to_string(engine) << ", report " << report;
    }
  }
  Thrower monitor(1);
  CostMatrixOptions table;
  table.monitor = &monitor;
  const Points costs = Points::Random(60, 60);
  const Vector mass = Vector::Constant(60, 1.0);
  EXPECT_THROW(solve_cost_matrix(costs, mass, mass, table), std::domain_error);
  table.monitor = nullptr;
  EXPECT_EQ(solve_cost_matrix(costs, mass, mass, table).termination.reason, Termination::Reason::optimal);
  EXPECT_EQ(solve(source_, target_, on_threads(2)).termination.reason, Termination::Reason::optimal);
}

TEST_F(Callers, GetAsManyThreadsAsOpenMpGives) {
  const int before = omp_get_max_threads();
  for (const int threads : {1, 3}) {
    omp_set_num_threads(threads);
    EXPECT_EQ(solve(source_, target_, on_threads(0)).stats.threads, threads);
  }
  omp_set_num_threads(before);
}

}  // namespace
}  // namespace brenier
