#include "brenier/ground_cost.hpp"

#include <gtest/gtest.h>

#include "support/expect_message.hpp"

namespace brenier {
namespace {

TEST(GroundCost, IsTheDistanceForOrderOneAndHalfItsSquareForOrderTwo) {
  const double x[] = {1, 2, 3};
  const double y[] = {3, 5, 9};
  EXPECT_EQ(GroundCost(1)(x, y, 3), 7.0);
  EXPECT_EQ(GroundCost(2)(x, y, 3), 24.5);
}

TEST(GroundCost, TurnsATransportCostIntoADistance) {
  EXPECT_EQ(GroundCost(1).distance(3.0), 3.0);
  EXPECT_EQ(GroundCost(2).distance(8.0), 4.0);  // W₂ = √(2 T₂), no ½ inside.
  EXPECT_EQ(GroundCost(2).distance(-1e-20), 0.0);
}

TEST(GroundCost, RefusesOtherOrders) {
  EXPECT_MESSAGE(GroundCost(0), std::invalid_argument, "order: is 0, expected 1 or 2");
  EXPECT_MESSAGE(GroundCost(3), std::invalid_argument, "order: is 3, expected 1 or 2");
}

}  // namespace
}  // namespace brenier
