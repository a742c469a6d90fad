#include "search/matrix/matrix_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "numeric/in_sequence.hpp"
#include "search/matrix/column_search.hpp"
#include "search/matrix/row_search.hpp"
#include "support/peak_memory.hpp"
#include "support/random_clouds.hpp"

namespace brenier::search {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Points that make float32 wrong in every way: general position, ties, copies, clusters, shifted, scaled.
struct Regime {
  const char* name;
  double shift;
  double scale;
};
constexpr Regime regimes[] = {{"as drawn", 0.0, 1.0},
                              {"shifted", 1e8, 1.0},
                              {"tiny", 0.0, 1e-30},
                              {"huge", 0.0, 1e30},
                              {"out of range", 0.0, 1e200}};

struct Instance {
  int order = 2;
  Points queries;
  Points targets;
  Vector psi;
  std::string name;
};

Instance draw(test::RandomClouds& random, Index dimension, const Regime& regime) {
  Instance instance;
  instance.order = static_cast<int>(random.integer(1, 2));
  const Index n = random.integer(1, 70), m = random.integer(1, 110);
  // Drawn as one cloud, so that queries and targets share grid cells, copies and clusters.
  const Points all = (random.awkward_points(n + m, dimension).array() + regime.shift) * regime.scale;
  instance.queries = all.topRows(n);
  instance.targets = all.bottomRows(m);
  // Costs beyond the range of a double are infinite: potentials are then those of order 1, finite at least.
  const double power = std::pow(regime.scale, instance.order);
  const double size = (std::isfinite(power) ? power : regime.scale) * static_cast<double>(dimension);
  const Index kind = random.integer(0, 3);
  instance.psi.resize(m);
  for (double& value : instance.psi) {
    value = kind == 0 ? 0.0 : kind == 1 ? size * random.normal() : 1e-3 * size * std::round(random.normal());
    if (kind == 3 && random.integer(0, 4) == 0) value = random.integer(0, 1) == 0 ? -infinity : 1e6 * size;
  }
  if (!(instance.psi.maxCoeff() > -infinity)) instance.psi[0] = 0.0;
  instance.name = std::string(regime.name) + ", order " + std::to_string(instance.order) + ", " + std::to_string(n) +
                  " x " + std::to_string(m) + ", d = " + std::to_string(dimension);
  return instance;
}

/// All prices of a query, ascending: the definition.
std::vector<PricedTarget> all_prices(const Instance& instance, Index query) {
  const GroundCost cost(instance.order);
  std::vector<PricedTarget> prices;
  for (Index j = 0; j < instance.targets.rows(); ++j) {
    prices.push_back({priced_cost(cost, instance.queries.row(query).data(), instance.targets.row(j).data(),
                                  instance.targets.cols(), instance.psi[j]),
                      j});
  }
  std::sort(prices.begin(), prices.end());
  return prices;
}

void expect_same_transform(const TargetSearch& search, const Instance& instance) {
  Vector value;
  std::vector<Index> minimizer;
  search.c_transform(instance.queries, value, minimizer);
  for (Index i = 0; i < instance.queries.rows(); ++i) {
    const PricedTarget least = all_prices(instance, i).front();
    if (least.value == infinity) continue;  // Costs beyond the range of a double have no order.
    ASSERT_EQ(value[i], least.value) << instance.name << ", query " << i;
    ASSERT_EQ(minimizer[static_cast<std::size_t>(i)], least.target) << instance.name << ", query " << i;
  }
}

void expect_same_best(const TargetSearch& search, const Instance& instance, test::RandomClouds& random) {
  const auto k = static_cast<int>(random.integer(1, 15));
  const Index n = instance.queries.rows();
  const Index first = random.integer(0, n - 1), count = random.integer(1, n - first);
  Vector bound = Vector::Constant(n, infinity);
  if (random.integer(0, 1) == 0) {
    for (Index i = 0; i < n; ++i) {
      const std::vector<PricedTarget> prices = all_prices(instance, i);
      bound[i] = prices[static_cast<std::size_t>(random.integer(0, static_cast<Index>(prices.size()) - 1))].value;
    }
  }
  BestTargets best;
  search.best_targets(instance.queries, first, count, bound, k, best);
  for (Index r = 0; r < count; ++r) {
    const std::vector<PricedTarget> prices = all_prices(instance, first + r);
    int expected = 0;
    for (const PricedTarget& price : prices) {
      if (expected == k || !(price.value < bound[first + r])) break;
      const PricedTarget& found = best.found[static_cast<std::size_t>(r * k + expected)];
      ASSERT_EQ(found.value, price.value) << instance.name << ", query " << first + r << ", place " << expected;
      ASSERT_EQ(found.target, price.target) << instance.name << ", query " << first + r << ", place " << expected;
      ++expected;
    }
    ASSERT_EQ(best.count[static_cast<std::size_t>(r)], expected) << instance.name << ", query " << first + r;
  }
}

class MatrixSearchTest : public testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Dimensions, MatrixSearchTest, testing::Values(1, 2, 5, 13, 16, 33, 64, 257, 1000));

TEST_P(MatrixSearchTest, GivesTheBitsOfASearchInDoubleWhateverIsKept) {
  const Index dimension = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(900 + dimension));
  for (int round = 0; round < 12; ++round) {
    for (const Regime& regime : regimes) {
      const Instance instance = draw(random, dimension, regime);
      const auto threads = static_cast<int>(random.integer(1, 3));
      // No table; then a table of which nothing, a part, everything is kept.
      MatrixSearch alone(instance.order, instance.targets, threads);
      alone.set_potential(instance.psi);
      expect_same_transform(alone, instance);
      expect_same_best(alone, instance, random);
      for (const double share : {0.0, 0.4, 1.0}) {
        const auto costs = std::make_shared<RoundedCosts>(instance.queries, instance.targets, 2);
        costs->keep(share * RoundedCosts::bytes(costs->rows(), costs->columns()), threads, [] { return false; });
        MatrixSearch search(instance.order, instance.targets, threads, {costs, false, {}, {}});
        search.set_potential(instance.psi);
        expect_same_transform(search, instance);
        expect_same_best(search, instance, random);

        const auto turned = std::make_shared<RoundedCosts>(instance.targets, instance.queries, 2);
        turned->keep(share * RoundedCosts::bytes(turned->rows(), turned->columns()), threads, [] { return false; });
        MatrixSearch from_columns(instance.order, instance.targets, threads, {turned, true, {}, {}});
        from_columns.set_potential(instance.psi);
        expect_same_transform(from_columns, instance);
      }
    }
  }
}

TEST_P(MatrixSearchTest, ReadsATableWhosePointsAreInAnotherOrder) {
  const Index dimension = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(1900 + dimension));
  for (int round = 0; round < 10; ++round) {
    const Instance instance = draw(random, dimension, regimes[0]);
    const Index n = instance.queries.rows(), m = instance.targets.rows();
    // The table knows the points backwards, and some that the search does not.
    Points rows(n + 3, dimension), columns(m + 2, dimension);
    rows << random.normal_points(3, dimension), instance.queries.colwise().reverse();
    columns << instance.targets.colwise().reverse(), random.normal_points(2, dimension);
    MatrixView view;
    view.costs = std::make_shared<RoundedCosts>(rows, columns, 2);
    for (Index i = 0; i < n; ++i) view.query_rows.push_back(n + 2 - i);
    for (Index j = 0; j < m; ++j) view.target_columns.push_back(m - 1 - j);
    MatrixSearch search(instance.order, instance.targets, 2, view);
    search.set_potential(instance.psi);
    expect_same_transform(search, instance);
    expect_same_best(search, instance, random);
  }
}

/// A survey has the two cheapest targets, costs that are not above the true ones, and says how cheap others are.
void expect_true_survey(const Instance& instance, Index query, const Survey& survey) {
  const GroundCost cost(instance.order);
  std::vector<bool> is_likely(static_cast<std::size_t>(instance.targets.rows()));
  for (const LikelyTarget& likely : survey.likely) {
    is_likely[static_cast<std::size_t>(likely.target)] = true;
    const double truth =
        cost(instance.queries.row(query).data(), instance.targets.row(likely.target).data(), instance.targets.cols());
    ASSERT_FALSE(likely.least_cost > truth) << instance.name << ", query " << query << ", target " << likely.target;
  }
  const std::vector<PricedTarget> prices = all_prices(instance, query);
  for (std::size_t rank = 0; rank < prices.size(); ++rank) {
    if (is_likely[static_cast<std::size_t>(prices[rank].target)] || prices[rank].value == infinity) continue;
    // A third target may be as cheap as the second one.
    ASSERT_TRUE(rank > 1 || (prices.size() > 2 && prices[rank].value == prices[2].value))
        << instance.name << ", query " << query;
    ASSERT_FALSE(prices[rank].value < survey.others) << instance.name << ", query " << query;
  }
}

TEST_P(MatrixSearchTest, SurveysEveryTargetThatMayBeAmongTheTwoCheapest) {
  const Index dimension = GetParam();
  test::RandomClouds random(static_cast<std::uint64_t>(2900 + dimension));
  for (int round = 0; round < 12; ++round) {
    for (const Regime& regime : regimes) {
      const Instance instance = draw(random, dimension, regime);
      RoundedCosts costs(instance.queries, instance.targets, 2);
      costs.keep(RoundedCosts::bytes(costs.rows(), costs.columns()), 1, [] { return false; });
      const std::vector<Index> columns = in_sequence(instance.targets.rows());
      RowSearch search(instance.order, costs, instance.targets, columns, 1);
      search.set_potential(instance.psi);
      Index visits = 0;
      search.survey(in_sequence(instance.queries.rows()), random.integer(1, 5), [&](Index query, const Survey& survey) {
        expect_true_survey(instance, query, survey);
        ++visits;
      });
      EXPECT_EQ(visits, instance.queries.rows());
    }
  }
}

TEST(RoundedCosts, StayWithinTheirBoundOfTheTruth) {
  test::RandomClouds random(77);
  for (const Index dimension : {1, 3, 16, 200, 1000}) {
    const Points rows = random.awkward_points(60, dimension), columns = random.awkward_points(70, dimension);
    const RoundedCosts costs(rows, columns, 2);
    RoundedCosts::Reader reader(costs);
    for (Index i = 0; i < rows.rows(); ++i) {
      const float* q = nullptr;
      reader.read(&i, 1, &q);
      for (Index j = 0; j < columns.rows(); ++j) {
        const double truth = 0.5 * (rows.row(i) - columns.row(j)).squaredNorm() / (costs.unit() * costs.unit());
        const double bound = static_cast<double>(costs.row_error()[static_cast<std::size_t>(i)]) +
                             static_cast<double>(costs.column_error()[static_cast<std::size_t>(j)]);
        ASSERT_LE(std::abs(static_cast<double>(q[j]) - truth), bound) << dimension;
      }
    }
  }
}

TEST(RoundedCosts, StopsKeepingWhenAsked) {
  test::RandomClouds random(78);
  const Points points = random.normal_points(1000, 20);
  RoundedCosts costs(points, points, 2);
  int asked = 0;
  costs.keep(1e12, 1, [&asked] { return ++asked > 1; });
  EXPECT_EQ(asked, 2);
}

TEST(ColumnSearch, TakesNoMoreMemoryThanItSays) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers multiply the memory";
#endif
  // All targets in one place, at one price: every pair is a candidate, as many wait as may.
  constexpr Index rows = 3000, columns = 4000, dimension = 10;
  const Points targets = Points::Zero(rows, dimension), queries = Points::Ones(columns, dimension);
  const Vector psi = Vector::Zero(rows);
  const double used = test::peak_mebibytes([&] { return std::make_unique<RoundedCosts>(targets, queries, 1); },
                                           [&](const auto& costs) {
                                             Vector value;
                                             std::vector<Index> minimizer;
                                             search_columns({2, *costs, queries, targets, psi, 1}, value, minimizer);
                                             return value.maxCoeff() == 5.0 && minimizer.back() == 0;
                                           });
  const double said = column_search_bytes(rows, columns, dimension, 1) / (1024.0 * 1024.0);
  EXPECT_GT(used, 0.5 * said);
  EXPECT_LT(used, said + 0.5);  // What the allocator keeps for itself comes on top.
}

}  // namespace
}  // namespace brenier::search
