#include "brenier/transport_plan.hpp"

#include <gtest/gtest.h>

namespace brenier {
namespace {

TEST(TransportPlan, HasTheMarginalsOfItsEntries) {
  const TransportPlan plan{2, 3, {{0, 0, 0.25}, {0, 2, 0.5}, {1, 2, 0.125}}};
  EXPECT_EQ(plan.source_marginal(), Eigen::Vector2d(0.75, 0.125));
  EXPECT_EQ(plan.target_marginal(), Eigen::Vector3d(0.25, 0.0, 0.625));
}

TEST(TransportPlan, IsAMatchingWhenNoPointHasTwoEntries) {
  EXPECT_TRUE((TransportPlan{3, 3, {{0, 2, 1}, {2, 1, 1}}}).is_matching());
  EXPECT_FALSE((TransportPlan{3, 3, {{0, 2, 1}, {0, 1, 1}}}).is_matching());
  EXPECT_FALSE((TransportPlan{3, 3, {{0, 2, 1}, {1, 2, 1}}}).is_matching());
}

}  // namespace
}  // namespace brenier
