#include "io/text/number_text.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "sampling/random.hpp"

namespace brenier::io {
namespace {

TEST(NumberText, ReadsBackEveryDouble) {
  sampling::Random random(1);
  for (int round = 0; round < 100000; ++round) {
    const std::uint64_t bits = random.bits();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (value != value) continue;
    double back = 0;
    ASSERT_TRUE(parse_number(number_text(value), back));
    ASSERT_EQ(std::memcmp(&back, &value, sizeof value), 0) << number_text(value);
  }
}

TEST(NumberText, TellsTooLargeFromTooSmall) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  const auto parsed = [](const std::string& text) {
    double value = -1;
    EXPECT_TRUE(parse_number(text, value)) << text;
    return value;
  };
  const std::string zeros(400, '0');
  EXPECT_EQ(parsed("1e999"), inf);
  EXPECT_EQ(parsed("-1e+999"), -inf);
  EXPECT_EQ(parsed("1" + zeros), inf);
  EXPECT_EQ(parsed("1" + zeros + "e-10"), inf);
  EXPECT_EQ(parsed("1e99999999999999999999"), inf);
  EXPECT_EQ(parsed("1e-999"), 0);
  EXPECT_EQ(parsed("-1e-99999999999999999999"), 0);
  EXPECT_EQ(parsed("0." + zeros + "1"), 0);
  EXPECT_EQ(parsed("0." + zeros + "1e+10"), 0);
  EXPECT_EQ(parsed("0." + zeros + "1e+401"), 1);
  EXPECT_EQ(parsed("0e999"), 0);
  EXPECT_EQ(parsed(".5"), 0.5);
  EXPECT_EQ(parsed("5."), 5);
  EXPECT_EQ(parsed("+5E+1"), 50);
}

TEST(NumberText, RefusesWhatIsNoDecimalNumber) {
  double value = 0;
  for (const char* text :
       {"", "+", "-", ".", "e5", "1e", "0x1p3", "1 ", " 1", "1,5", "++1", "+-1", "1f", "1.0.0", "1d5"}) {
    EXPECT_FALSE(parse_number(text, value)) << text;
  }
}

}  // namespace
}  // namespace brenier::io
