#include <gtest/gtest.h>

#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"
#include "support/reference_assignment.hpp"

namespace brenier {
namespace {

/// Number of points, order.
class Ring : public testing::TestWithParam<std::tuple<int, int>> {};

INSTANTIATE_TEST_SUITE_P(SizesAndOrders, Ring, testing::Combine(testing::Values(512, 2000), testing::Values(1, 2)));

TEST_P(Ring, AgreesWithAnotherExactSolverAndClosesTheGap) {
  const auto [n, order] = GetParam();
  SampleOptions gaussian;
  gaussian.kind = "gaussian";
  gaussian.n = n;
  gaussian.std = 1.0;
  gaussian.seed = 1;
  SampleOptions ring;
  ring.kind = "ring";
  ring.n = n;
  ring.seed = 2;
  const DiscreteMeasure source = sample(gaussian);
  const DiscreteMeasure target = sample(ring);
  SolveOptions options;
  options.order = order;
  const Solution solution = solve(source, target, options);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal);
  EXPECT_LE(std::abs(solution.certificate.relative_gap), 1e-13);
  EXPECT_TRUE(solution.plan.is_matching());

  const double reference = test::reference_assignment(order, source.points(), target.points());
  EXPECT_NEAR(solution.certificate.primal, reference, 1e-12 * reference);
}

}  // namespace
}  // namespace brenier
