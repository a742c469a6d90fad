#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "brenier/certificate.hpp"
#include "brenier/cost_matrix.hpp"
#include "brenier/euler_flow.hpp"
#include "brenier/solve.hpp"
#include "certificate/judge.hpp"
#include "control/parallel.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

/// Lets threads take part in the smallest work. Every test compares two threads with one, bit for bit.
class Threads : public testing::Test {
 protected:
  Threads() { worth_waking_threads = 0.0; }
  ~Threads() override {
    worth_waking_threads = usual_;
    most_plain_pairs = usual_pairs_;
  }

 private:
  const double usual_ = worth_waking_threads;
  const Index usual_pairs_ = most_plain_pairs;
};

bool same_bytes(const Vector& a, const Vector& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) == 0;
}

void expect_same(const Certificate& one, const Certificate& many) {
  EXPECT_EQ(one.primal, many.primal);
  EXPECT_EQ(one.dual, many.dual);
  EXPECT_EQ(one.relative_gap, many.relative_gap);
  EXPECT_EQ(one.max_violation, many.max_violation);
  EXPECT_EQ(one.lower_bound, many.lower_bound);
  EXPECT_EQ(one.upper_bound, many.upper_bound);
}

TEST_F(Threads, DoNotChangeASingleBit) {
  test::RandomClouds random(61);
  for (const Index dimension : {1, 2, 3, 10}) {
    for (const bool equal : {false, true}) {
      const Index n = 311, m = equal ? 311 : 290;
      const auto weights = [&](Index points) {
        return equal ? Vector(Vector::Ones(points)) : random.awkward_weights(points);
      };
      const DiscreteMeasure source(random.normal_points(n, dimension), weights(n));
      const DiscreteMeasure target(random.normal_points(m, dimension), weights(m));
      for (const int order : {1, 2}) {
        for (const EngineKind engine : {EngineKind::automatic, EngineKind::lemon, EngineKind::multiscale}) {
          SolveOptions options;
          options.order = order;
          options.engine = engine;
          options.normalize = true;
          options.threads = 1;
          const Solution one = solve(source, target, options);
          options.threads = 2;
          const Solution two = solve(source, target, options);
          EXPECT_EQ(two.stats.threads, 2);
          EXPECT_EQ(one.plan.entries, two.plan.entries);
          EXPECT_TRUE(same_bytes(one.potentials.phi, two.potentials.phi));
          EXPECT_TRUE(same_bytes(one.potentials.psi, two.potentials.psi));
          expect_same(one.certificate, two.certificate);
        }
      }
    }
  }
}

TEST_F(Threads, JudgeAlike) {
  test::RandomClouds random(65);
  for (const Index dimension : {1, 2, 3, 10}) {
    const DiscreteMeasure source(random.normal_points(200, dimension), random.awkward_weights(200));
    const DiscreteMeasure target(random.normal_points(190, dimension), random.awkward_weights(190));
    for (const int order : {1, 2}) {
      SolveOptions options;
      options.order = order;
      options.normalize = true;
      const Solution solution = solve(source, target, options);
      for (const Index plain_pairs : {Index{100'000'000}, Index{0}}) {
        most_plain_pairs = plain_pairs;
        const auto judged_by = [&](int threads) {
          CertifyOptions judging;
          judging.order = order;
          judging.normalize = true;
          judging.threads = threads;
          return certify(source, target, solution.plan, solution.potentials, judging);
        };
        const Certificate one = judged_by(1);
        EXPECT_TRUE(one.proves_optimality());
        expect_same(one, judged_by(2));
      }
    }
  }
}

TEST_F(Threads, FindTheSameInTables) {
  test::RandomClouds random(62);
  const Points costs = random.normal_points(150, 170);
  const Vector a = Vector::Constant(150, 1.0 / 150), b = Vector::Constant(170, 1.0 / 170);
  CostMatrixOptions options;
  options.threads = 1;
  const CostMatrixSolution one = solve_cost_matrix(costs, a, b, options);
  options.threads = 2;
  const CostMatrixSolution two = solve_cost_matrix(costs, a, b, options);
  EXPECT_EQ(one.plan.entries, two.plan.entries);
  EXPECT_TRUE(same_bytes(one.potentials.psi, two.potentials.psi));
  expect_same(one.certificate, two.certificate);
}

TEST_F(Threads, TransformPotentialsAlike) {
  test::RandomClouds random(63);
  for (const Index dimension : {1, 2, 3, 20}) {
    for (const int order : {1, 2}) {
      const Points targets = random.normal_points(700, dimension), queries = random.normal_points(900, dimension);
      const Vector psi = random.normal_points(700, 1);
      const CTransform one = c_transform(order, targets, psi, queries, 1);
      const CTransform two = c_transform(order, targets, psi, queries, 2);
      EXPECT_TRUE(same_bytes(one.value, two.value));
      EXPECT_EQ(one.minimizer, two.minimizer);
    }
  }
}

TEST_F(Threads, FlowAlike) {
  test::RandomClouds random(64);
  const DiscreteMeasure source(random.normal_points(300, 2)), target(random.normal_points(300, 2));
  for (const int order : {1, 2}) {
    std::vector<FlowState> states;
    for (const int threads : {1, 2}) {
      FlowOptions options;
      options.order = order;
      options.step = 0.1;
      options.threads = threads;
      EulerFlow flow(source, target, options);
      flow.run(3, [](EulerFlow&) { return true; });
      states.push_back(flow.state());
    }
    EXPECT_EQ(states[0].particles, states[1].particles);
    EXPECT_TRUE(same_bytes(states[0].potentials.psi, states[1].potentials.psi));
  }
}

}  // namespace
}  // namespace brenier
