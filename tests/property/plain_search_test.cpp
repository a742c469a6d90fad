#include "search/plain/plain_search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <mutex>

#include "brenier/ground_cost.hpp"
#include "search/matrix/matrix_search.hpp"
#include "search/tree/tree_search.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

using search::PricedTarget;

constexpr int wanted = 3;

/// Points of several scales: each is drawn in a box of its own size, from 1 to 1e12, at one of a few places.
Points mixed_points(test::RandomClouds& random, Index n, Index dimension) {
  Points points = random.normal_points(n, dimension);
  for (Index i = 0; i < n; ++i) {
    const double size = std::pow(10.0, static_cast<double>(random.integer(0, 3)) * 4.0);
    points.row(i) *= size;
    if (random.integer(0, 2) == 0) points.row(i).array() += 1e12 * static_cast<double>(random.integer(-1, 1));
  }
  return points;
}

/// A potential that makes nearly all targets equally cheap for one source, up to a few units in the last place of their
/// costs: which is the cheapest only rounding decides. Every fourth is somewhere else.
Vector tight_potential(test::RandomClouds& random, int order, const Points& targets, const double* source) {
  const GroundCost cost(order);
  Vector psi(targets.rows());
  for (Index j = 0; j < psi.size(); ++j) {
    const double c = cost(targets.row(j).data(), source, targets.cols());
    psi[j] = random.integer(0, 3) == 0 ? c - random.uniform()
                                       : c * (1.0 + 0x1p-52 * static_cast<double>(random.integer(-3, 3)));
  }
  return psi;
}

std::vector<PricedTarget> plain_answer(int order, const Points& sources, const Points& targets, const Vector& psi) {
  std::vector<PricedTarget> found(static_cast<std::size_t>(sources.rows() * wanted));
  search_plainly(order, sources, targets, psi, wanted, 2, [&](Index i, const PricedTarget* cheapest, int count) {
    EXPECT_EQ(count, wanted);
    for (int k = 0; k < count; ++k) found[static_cast<std::size_t>(i * wanted + k)] = cheapest[k];
  });
  return found;
}

void expect_same(const search::TargetSearch& search, const Points& sources, const std::vector<PricedTarget>& plain) {
  search::BestTargets best;
  const Vector no_bound = Vector::Constant(sources.rows(), std::numeric_limits<double>::infinity());
  search.best_targets(sources, 0, sources.rows(), no_bound, wanted, best);
  for (std::size_t k = 0; k < plain.size(); ++k) {
    ASSERT_EQ(best.found[k].value, plain[k].value) << k;
    ASSERT_EQ(best.found[k].target, plain[k].target) << k;
  }
}

class PlainSearch : public testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Series, PlainSearch, testing::Range(0, 12));

TEST_P(PlainSearch, FindsWhatTreesAndBlocksFindAmongPointsOfAllScales) {
  test::RandomClouds random(static_cast<std::uint64_t>(9000 + GetParam()));
  const int order = 1 + GetParam() % 2;
  for (const Index dimension : {1, 2, 3, 5}) {
    const bool mixed = GetParam() % 4 < 2;
    const auto draw = [&](Index n) {
      return mixed ? mixed_points(random, n, dimension) : random.awkward_points(n, dimension);
    };
    const Points sources = draw(150), targets = draw(random.integer(300, 900));
    const Vector psi = tight_potential(random, order, targets, sources.row(0).data());
    const std::vector<PricedTarget> plain = plain_answer(order, sources, targets, psi);
    const auto tree = search::make_tree_search(order, targets, 2);
    tree->set_potential(psi);
    expect_same(*tree, sources, plain);
    search::MatrixSearch blocks(order, targets, 2);
    blocks.set_potential(psi);
    expect_same(blocks, sources, plain);
  }
}

TEST(PlainSearchAlone, LeavesOutWhatHasNoPotential) {
  const Points sources = Points::Zero(1, 1), targets = (Points(3, 1) << 1, 2, 3).finished();
  const double none = -std::numeric_limits<double>::infinity();
  search_plainly(1, sources, targets, Eigen::Vector3d(none, 0, 0), wanted, 1,
                 [](Index, const PricedTarget* cheapest, int count) {
                   ASSERT_EQ(count, 2);
                   EXPECT_EQ(cheapest[0].target, 1);
                   EXPECT_EQ(cheapest[1].target, 2);
                 });
}

}  // namespace
}  // namespace brenier
