#include "search/tree/tree_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <set>

#include "problem/kd_order.hpp"
#include "search/matrix/matrix_search.hpp"

namespace brenier::search {
namespace {

/// Points on a grid of few places (ties everywhere) or anywhere.
Points random_points(std::mt19937_64& random, Index n, Index d, bool on_grid) {
  std::normal_distribution<double> anywhere;
  std::uniform_int_distribution<int> place(0, 4);
  Points points(n, d);
  for (double& x : points.reshaped()) x = on_grid ? place(random) : anywhere(random);
  return points;
}

class TreeSearchOfOrder : public testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Orders, TreeSearchOfOrder, testing::Values(1, 2));

TEST_P(TreeSearchOfOrder, AgreesWithASearchOfAllPairsBitByBit) {
  std::mt19937_64 random(11);
  for (int trial = 0; trial < 200; ++trial) {
    SCOPED_TRACE(trial);
    const bool on_grid = trial % 3 == 0;
    const auto d = static_cast<Index>(1 + random() % 6);
    const auto m = static_cast<Index>(1 + random() % 300), n = static_cast<Index>(1 + random() % 40);
    const Points targets = random_points(random, m, d, on_grid), queries = random_points(random, n, d, on_grid);
    Vector psi = on_grid ? Vector(random_points(random, m, 1, true)) : Vector(random_points(random, m, 1, false) * 0.3);
    if (trial % 5 == 0) psi[static_cast<Index>(random() % static_cast<std::uint64_t>(m))] = 50.0;
    if (trial % 4 == 0 && m > 1) psi.head(m / 2).setConstant(-std::numeric_limits<double>::infinity());

    const auto tree = make_tree_search(GetParam(), targets, 2);
    MatrixSearch blocks(GetParam(), targets, 1);
    tree->set_potential(psi);
    blocks.set_potential(psi);
    Vector tree_value, block_value;
    std::vector<Index> tree_minimizer, block_minimizer;
    tree->c_transform(queries, tree_value, tree_minimizer);
    blocks.c_transform(queries, block_value, block_minimizer);
    EXPECT_EQ(tree_value, block_value);
    EXPECT_EQ(tree_minimizer, block_minimizer);

    // Bounds between the best and the worst price: some lists end early, some are cut by the bound.
    const Vector bound = block_value.array() + 0.5 * static_cast<double>(random() % 4);
    BestTargets by_tree, by_blocks;
    tree->best_targets(queries, n / 3, n - n / 3, bound, 5, by_tree);
    blocks.best_targets(queries, n / 3, n - n / 3, bound, 5, by_blocks);
    ASSERT_EQ(by_tree.count, by_blocks.count);
    for (std::size_t r = 0; r < by_tree.count.size(); ++r) {
      for (int k = 0; k < by_tree.count[r]; ++k) {
        const std::size_t place = 5 * r + static_cast<std::size_t>(k);
        EXPECT_EQ(by_tree.found[place].target, by_blocks.found[place].target);
        EXPECT_EQ(by_tree.found[place].value, by_blocks.found[place].value);
      }
    }
  }
}

TEST_P(TreeSearchOfOrder, LooksAtFewTargetsWhereThePotentialIsSmooth) {
  std::mt19937_64 random(5);
  const Points targets = random_points(random, 20000, 2, false), queries = random_points(random, 200, 2, false);
  const auto tree = make_tree_search(GetParam(), targets, 1);
  tree->set_potential(targets.rowwise().sum() * 0.1);
  EXPECT_LT(tree->share_visited(queries), 0.02);
}

}  // namespace
}  // namespace brenier::search

namespace brenier {
namespace {

TEST(KdOrder, IsAPermutationThatDoesNotDependOnTheThreads) {
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> uniform;
  Points points(100003, 3);
  for (double& x : points.reshaped()) x = uniform(random);
  const std::vector<Index> order = kd_order(points, 2);
  EXPECT_EQ(order, kd_order(points, 1));
  std::vector<bool> seen(order.size(), false);
  for (const Index i : order) seen[static_cast<std::size_t>(i)] = true;
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), points.rows());
}

TEST(KdOrder, SplitsAtTheMedianOfTheWidestSide) {
  Points points(5, 2);
  points << 9, 0, 1, 1, 5, 0, 3, 1, 7, 0;
  const std::vector<Index> order = kd_order(points, 1);
  // ⌊5/2⌋ = 2 points of smallest first coordinate come first.
  EXPECT_EQ(std::set<Index>(order.begin(), order.begin() + 2), (std::set<Index>{1, 3}));
}

}  // namespace
}  // namespace brenier
