#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "brenier/ground_cost.hpp"
#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

Solution solved(const DiscreteMeasure& source, const DiscreteMeasure& target, int order) {
  SolveOptions options;
  options.order = order;
  options.normalize = true;
  options.threads = 1;
  return solve(source, target, options);
}

/// One of 25 series of 100 instances: sizes 1 – 60, d = 1 – 5, both orders, every kind of awkward points and weights.
class RandomInstances : public testing::TestWithParam<int> {
 protected:
  test::RandomClouds random_{static_cast<std::uint64_t>(1000 + GetParam())};
};

INSTANTIATE_TEST_SUITE_P(Series, RandomInstances, testing::Range(0, 25));

/// φ = ψᶜ and ψ = φᶜ at every point, to a few roundings of the largest numbers involved.
void expect_canonical(const DiscreteMeasure& source, const DiscreteMeasure& target, const Solution& solution) {
  const Vector& phi = solution.potentials.phi;
  const Vector& psi = solution.potentials.psi;
  const CTransform of_psi = c_transform(solution.order, target.points(), psi, source.points());
  const CTransform of_phi = c_transform(solution.order, source.points(), phi, target.points());
  // Coordinates count as they stand, far from the origin too: there the input's units themselves are coarse.
  const double reach = source.points().cwiseAbs().maxCoeff() + target.points().cwiseAbs().maxCoeff();
  const double spread = (source.points().rowwise() - target.points().row(0)).cwiseAbs().maxCoeff() +
                        (target.points().rowwise() - source.points().row(0)).cwiseAbs().maxCoeff();
  const double size = std::max(phi.cwiseAbs().maxCoeff(), psi.cwiseAbs().maxCoeff()) +
                      (solution.order == 2 ? spread * (spread + reach) : spread + reach);
  EXPECT_LE((of_psi.value - phi).cwiseAbs().maxCoeff(), 64 * size * 0x1p-53);
  EXPECT_LE((of_phi.value - psi).cwiseAbs().maxCoeff(), 64 * size * 0x1p-53);
}

TEST_P(RandomInstances, AreProvenOptimal) {
  for (int instance = 0; instance < 100; ++instance) {
    SCOPED_TRACE(testing::Message() << "series " << GetParam() << ", instance " << instance);
    const Index n = random_.integer(1, 60);
    const Index m = random_.integer(0, 2) == 0 ? n : random_.integer(1, 60);
    const Index dimension = random_.integer(1, 5);
    const DiscreteMeasure source = random_.awkward_measure(n, dimension);
    const DiscreteMeasure target = random_.awkward_measure(m, dimension);
    const Solution solution = solved(source, target, static_cast<int>(random_.integer(1, 2)));
    const Certificate& certificate = solution.certificate;

    EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
    EXPECT_LE(solution.plan.entries.size(), static_cast<std::size_t>(n + m - 1));
    EXPECT_NEAR(certificate.lower_bound, certificate.primal,
                1e-12 * std::max(certificate.primal, certificate.cost_scale));
    expect_canonical(source, target, solution);
    EXPECT_TRUE(std::is_sorted(solution.plan.entries.begin(), solution.plan.entries.end(),
                               [](const PlanEntry& a, const PlanEntry& b) {
                                 return a.source != b.source ? a.source < b.source : a.target < b.target;
                               }));
    // A second opinion, on the answer as the caller gets it: in the input's units and order.
    const Certificate second = certify(source, target, solution.plan, solution.potentials, {solution.order, true, 1});
    EXPECT_EQ(second.primal, certificate.primal);
    // Far apart, the input's potentials are so large that doubles lose what tells the points of a cloud apart.
    const double largest =
        solution.potentials.phi.cwiseAbs().maxCoeff() + solution.potentials.psi.cwiseAbs().maxCoeff();
    if (64 * 0x1p-53 * largest > 1e-3 * certificate.cost_scale && certificate.cost_scale > 0.0) continue;
    EXPECT_TRUE(second.proves_optimality()) << second.relative_gap << " " << second.max_violation;
  }
}

/// The least cost of all n! matchings of n points, in mean.
double least_cost_of_all_permutations(int order, const Points& x, const Points& y) {
  const GroundCost cost(order);
  std::vector<Index> permutation(static_cast<std::size_t>(x.rows()));
  std::iota(permutation.begin(), permutation.end(), Index{0});
  double least = std::numeric_limits<double>::infinity();
  do {
    double sum = 0.0;
    for (Index i = 0; i < x.rows(); ++i) {
      sum += cost(x.row(i).data(), y.row(permutation[static_cast<std::size_t>(i)]).data(), x.cols());
    }
    least = std::min(least, sum);
  } while (std::next_permutation(permutation.begin(), permutation.end()));
  return least / static_cast<double>(x.rows());
}

TEST_P(RandomInstances, OfUpToEightPointsAreTheBestOfAllPermutations) {
  for (Index n = 1; n <= 8; ++n) {
    SCOPED_TRACE(testing::Message() << "series " << GetParam() << ", n = " << n);
    const int order = 1 + static_cast<int>((GetParam() + n) % 2);
    const Index dimension = random_.integer(1, 5);
    const Points x = random_.awkward_points(n, dimension);
    const Points y = random_.awkward_points(n, dimension);
    const Solution solution = solved(DiscreteMeasure(x), DiscreteMeasure(y), order);
    const double expected = least_cost_of_all_permutations(order, x, y);
    // Eight costs, each of a few roundings, are summed; centring moves points by 2⁻⁵³ of their largest coordinate,
    // which changes a cost by as much times its length.
    const double reach = x.cwiseAbs().maxCoeff() + y.cwiseAbs().maxCoeff();
    const double length = order == 1 ? 1.0 : std::sqrt(2.0 * expected);
    EXPECT_NEAR(solution.certificate.primal, expected, 32 * 0x1p-53 * (expected + reach * (length + 1e-15 * reach)));
  }
}

TEST_P(RandomInstances, ObeyTheLawsOfAMetric) {
  for (int instance = 0; instance < 4; ++instance) {
    SCOPED_TRACE(testing::Message() << "series " << GetParam() << ", instance " << instance);
    const Index dimension = random_.integer(1, 4);
    const DiscreteMeasure a = random_.awkward_measure(random_.integer(1, 30), dimension);
    const DiscreteMeasure b = random_.awkward_measure(random_.integer(1, 30), dimension);
    const DiscreteMeasure c = random_.awkward_measure(random_.integer(1, 30), dimension);
    for (const int order : {1, 2}) {
      const Solution ab = solved(a, b, order);
      const Solution bc = solved(b, c, order);
      const Solution ac = solved(a, c, order);
      // Costs are proven to 1e-12 of the larger of cost and scale. A distance of order 2 is a root: where it is small
      // against the scale, only to 1e-6 of the root of the scale.
      const auto share = [order](double s) { return order == 1 ? 1e-12 * s : 1e-6 * std::sqrt(s); };
      const auto scale = [](const Solution& s) { return std::max(s.certificate.primal, s.certificate.cost_scale); };
      EXPECT_NEAR(solved(b, a, order).certificate.primal, ab.certificate.primal, 2e-12 * scale(ab));
      EXPECT_LE(ac.distance, ab.distance + bc.distance + share(scale(ab)) + share(scale(bc)) + share(scale(ac)));
      const Solution aa = solved(a, a, order);
      EXPECT_LE(aa.certificate.primal, 1e-12 * aa.certificate.cost_scale);
    }
    EXPECT_LE(solved(a, b, 1).distance, solved(a, b, 2).distance * (1.0 + 1e-9));
  }
}

}  // namespace
}  // namespace brenier
