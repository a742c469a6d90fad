#include "search/target_search.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "search/matrix/matrix_search.hpp"
#include "support/random_clouds.hpp"

namespace brenier::search {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Reference {
  Vector value;
  std::vector<Index> minimizer;
};

/// The definition, pair by pair.
Reference look_at_every_pair(int order, const Points& targets, const Vector& psi, const Points& queries) {
  const GroundCost cost(order);
  Reference reference{Vector::Constant(queries.rows(), infinity), std::vector<Index>(queries.rows())};
  for (Index i = 0; i < queries.rows(); ++i) {
    for (Index j = 0; j < targets.rows(); ++j) {
      const double value = priced_cost(cost, queries.row(i).data(), targets.row(j).data(), targets.cols(), psi[j]);
      if (value < reference.value[i]) {
        reference.value[i] = value;
        reference.minimizer[i] = j;
      }
    }
  }
  return reference;
}

/// Order of the cost, dimension, threads.
class SearchAgainstReference : public testing::TestWithParam<std::tuple<int, int, int>> {};

TEST_P(SearchAgainstReference, GivesTheSameBitsAndTheSmallestIndexAmongTies) {
  const auto [order, dimension, threads] = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(100 * order + dimension));
  // Sizes around the widths of packs and blocks, and points on a grid so that there are ties.
  for (const Index m : {1, 7, 31, 32, 33, 64, 257}) {
    for (const bool on_grid : {false, true}) {
      Points targets = random.normal_points(m, dimension);
      Points queries = random.normal_points(random.integer(1, 90), dimension);
      if (on_grid) targets = targets.array().round(), queries = queries.array().round();
      Vector psi(m);
      for (double& value : psi) value = on_grid ? 0.0 : random.normal();
      if (m > 1) psi[random.integer(0, m - 1)] = -infinity;

      MatrixSearch blocked(order, targets, threads);
      blocked.set_potential(psi);
      Vector value;
      std::vector<Index> minimizer;
      blocked.c_transform(queries, value, minimizer);

      const Reference reference = look_at_every_pair(order, targets, psi, queries);
      EXPECT_EQ(value, reference.value) << "m = " << m;
      EXPECT_EQ(minimizer, reference.minimizer) << "m = " << m;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kernels, SearchAgainstReference,
                         testing::Combine(testing::Values(1, 2), testing::Values(1, 2, 3, 4, 5, 8, 11, 64, 785),
                                          testing::Values(1, 3)));

TEST(MatrixSearch, HasZeroPotentialUntilItIsSet) {
  const Points targets = (Points(2, 1) << 1, 5).finished();
  Vector value;
  std::vector<Index> minimizer;
  MatrixSearch(1, targets, 1).c_transform((Points(1, 1) << 4).finished(), value, minimizer);
  EXPECT_EQ(value[0], 1.0);
  EXPECT_EQ(minimizer[0], 1);
}

}  // namespace
}  // namespace brenier::search
