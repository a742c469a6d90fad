#include "problem/integer_masses.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "support/random_clouds.hpp"

namespace brenier {
namespace {

using Units = std::vector<std::int64_t>;

std::int64_t sum(const Units& units) { return std::accumulate(units.begin(), units.end(), std::int64_t{0}); }

TEST(Quantize, IsExactForUniformCloudsOfDifferentSizes) {
  const IntegerMasses masses = to_integer_masses(Vector::Constant(6, 1.0 / 6.0), Vector::Constant(4, 1.0 / 4.0));
  EXPECT_EQ(masses.supply, Units(6, 2));  // m / gcd
  EXPECT_EQ(masses.demand, Units(4, 3));  // n / gcd
  EXPECT_EQ(masses.total, 12);
  EXPECT_EQ(masses.rounding, 0.0);
}

TEST(Quantize, IsExactForIntegersOfAnyTotal) {
  const IntegerMasses masses = to_integer_masses(Eigen::Vector3d(3, 0, 6), Eigen::Vector2d(4, 16));
  EXPECT_EQ(masses.supply, (Units{5, 0, 10}));
  EXPECT_EQ(masses.demand, (Units{3, 12}));
  EXPECT_EQ(masses.rounding, 0.0);
}

TEST(Quantize, IsExactForMultiplesOfAPowerOfTwo) {
  const IntegerMasses masses =
      to_integer_masses(Eigen::Vector3d(0x1p-40, 0x1p-39, 0x1p-38), Eigen::Vector2d(0.75, 0.25));
  EXPECT_EQ(masses.supply, (Units{4, 8, 16}));
  EXPECT_EQ(masses.demand, (Units{21, 7}));
  EXPECT_EQ(masses.rounding, 0.0);
}

TEST(Quantize, KeepsZerosAndCountsEqualWeightsAsOne) {
  const IntegerMasses masses = to_integer_masses(Eigen::Vector3d(0.1, 0.0, 0.1), Vector::Constant(2, 0.3));
  EXPECT_EQ(masses.supply, (Units{1, 0, 1}));
  EXPECT_EQ(masses.demand, (Units{1, 1}));
}

TEST(Quantize, RoundsOtherWeightsWithinItsBound) {
  test::RandomClouds random(7);
  for (int instance = 0; instance < 200; ++instance) {
    Vector a(random.integer(1, 50));
    Vector b(random.integer(1, 50));
    for (double& weight : a) weight = random.uniform();
    for (double& weight : b) weight = std::exp(20.0 * random.normal());
    const IntegerMasses masses = to_integer_masses(a, b);
    EXPECT_EQ(sum(masses.supply), masses.total);
    EXPECT_EQ(sum(masses.demand), masses.total);
    EXPECT_LE(masses.total, std::int64_t{1} << 62);

    long double a_sum = 0, b_sum = 0, moved = 0;
    for (const double weight : a) a_sum += weight;
    for (const double weight : b) b_sum += weight;
    const auto share = [&](std::int64_t units) { return static_cast<long double>(units) / masses.total; };
    for (Index i = 0; i < a.size(); ++i) moved += std::abs(share(masses.supply[i]) - a[i] / a_sum);
    for (Index j = 0; j < b.size(); ++j) moved += std::abs(share(masses.demand[j]) - b[j] / b_sum);
    // The reference itself is rounded: 2⁻⁶⁴ of each share, 2⁻⁶³ on both sides together.
    EXPECT_LE(moved, masses.rounding + 0x1p-63L);
    EXPECT_LE(masses.rounding, 100 * 2 * 0x1p-61);
  }
}

TEST(Quantize, RoundsNextToNothingToNothing) {
  const IntegerMasses masses = to_integer_masses(Eigen::Vector3d(1.0, 1e-300, 0.7), Vector::Ones(1));
  EXPECT_EQ(masses.supply[1], 0);
  EXPECT_GT(masses.rounding, 0.0);
}

TEST(Quantize, FallsBackToRoundingWhereTheProductOfTotalsIsTooLarge) {
  const double prime_a = 4294967291.0;  // Two primes just below 2³²: the product is above 2⁶².
  const IntegerMasses masses = to_integer_masses(Eigen::Vector2d(1, prime_a - 1), Eigen::Vector2d(2, 4294967279.0 - 2));
  EXPECT_GT(masses.rounding, 0.0);
  EXPECT_EQ(sum(masses.supply), sum(masses.demand));
}

}  // namespace
}  // namespace brenier
