#include "numeric/double_double.hpp"

#include <gtest/gtest.h>

#include "numeric/integer_weights.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

/// A number of 106 bits, as an integer and as a DoubleDouble.
struct Both {
  Int128 exact;
  DoubleDouble approximate;
};

Both random_number(test::RandomClouds& random, int bits) {
  Int128 exact = 0;
  for (int b = 0; b < bits; ++b) exact = 2 * exact + random.integer(0, 1);
  const auto high = static_cast<double>(exact);
  return {exact, two_sum(high, static_cast<double>(exact - static_cast<Int128>(high)))};
}

Int128 to_integer(DoubleDouble x) { return static_cast<Int128>(x.hi) + static_cast<Int128>(x.lo); }

TEST(DoubleDouble, AddsIntegersOf100BitsExactly) {
  test::RandomClouds random(81);
  for (int instance = 0; instance < 2000; ++instance) {
    const Both a = random_number(random, 100), b = random_number(random, static_cast<int>(random.integer(1, 100)));
    EXPECT_TRUE(to_integer(a.approximate + b.approximate) == a.exact + b.exact);
    EXPECT_TRUE(to_integer(a.approximate - b.approximate) == a.exact - b.exact);
  }
}

TEST(DoubleDouble, MultipliesIntegersOf50BitsExactly) {
  test::RandomClouds random(82);
  for (int instance = 0; instance < 2000; ++instance) {
    const Both a = random_number(random, 50), b = random_number(random, 50);
    EXPECT_TRUE(to_integer(a.approximate * b.approximate) == a.exact * b.exact);
  }
}

TEST(DoubleDouble, DividesAndTakesRootsToTwiceTheDigits) {
  test::RandomClouds random(83);
  for (int instance = 0; instance < 2000; ++instance) {
    const DoubleDouble a = two_sum(random.normal(), 0x1p-60 * random.normal());
    const DoubleDouble b = two_sum(2.0 + random.uniform(), 0x1p-60 * random.normal());
    EXPECT_LE(std::abs((a / b * b - a).value()), 0x1p-100 * std::abs(a.hi));
    const DoubleDouble root = sqrt(b);
    EXPECT_LE(std::abs((root * root - b).value()), 0x1p-100 * b.hi);
  }
  EXPECT_EQ(sqrt(DoubleDouble(0.0)).value(), 0.0);
}

}  // namespace
}  // namespace brenier
