#include "runs/pair_schedule.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <utility>

namespace brenier::cli {
namespace {

const std::vector<Index> sizes = {10, 500, 70, 500, 3};

std::vector<CloudPair> take_all(PairSchedule& schedule) {
  std::vector<CloudPair> taken;
  while (const auto pair = schedule.take()) taken.push_back(*pair);
  return taken;
}

TEST(PairSchedule, HandsOutEachPairOnceTheCostliestFirst) {
  for (const Index dimension : {2, 100}) {
    PairSchedule schedule(sizes, dimension);
    EXPECT_EQ(schedule.size(), 10);
    const std::vector<CloudPair> taken = take_all(schedule);
    ASSERT_EQ(taken.size(), 10U);
    std::set<std::pair<Index, Index>> seen;
    double previous = std::numeric_limits<double>::infinity();
    for (const auto& [first, second] : taken) {
      EXPECT_LT(first, second);
      seen.insert({first, second});
      const double cost =
          predicted_cost(sizes[static_cast<std::size_t>(first)], sizes[static_cast<std::size_t>(second)], dimension);
      EXPECT_LE(cost, previous);
      previous = cost;
    }
    EXPECT_EQ(seen.size(), 10U);
    EXPECT_EQ(taken.front().first, 1);
    EXPECT_EQ(taken.front().second, 3);
  }
}

TEST(PairSchedule, HandsOutAPairThatWasGivenBackBeforeAllOthers) {
  PairSchedule schedule(sizes, 2);
  const CloudPair largest = *schedule.take();
  schedule.take();
  schedule.give_back(largest);
  const CloudPair again = *schedule.take();
  EXPECT_EQ(again.first, largest.first);
  EXPECT_EQ(again.second, largest.second);
  EXPECT_EQ(take_all(schedule).size(), 8U);
}

TEST(PairSchedule, PassesOverPairsThatAreSettled) {
  PairSchedule schedule(sizes, 2);
  EXPECT_TRUE(schedule.settle({1, 3}));
  EXPECT_FALSE(schedule.settle({1, 3}));
  EXPECT_EQ(schedule.settled(), 1);
  schedule.give_back({1, 3});  // By a solver that was slower than the one that took its place.
  EXPECT_EQ(take_all(schedule).size(), 9U);
}

TEST(PairSchedule, IsOverWhenEachPairIsSettled) {
  PairSchedule schedule(sizes, 2);
  double part = 0.0;
  for (const CloudPair& pair : take_all(schedule)) {
    EXPECT_FALSE(schedule.is_over());
    EXPECT_GE(schedule.settled_part(), part);
    part = schedule.settled_part();
    schedule.settle(pair);
  }
  EXPECT_TRUE(schedule.is_over());
  EXPECT_EQ(schedule.settled_part(), 1.0);
}

TEST(PairSchedule, IsOverAtOnceWithoutPairs) {
  PairSchedule schedule({7}, 2);
  EXPECT_TRUE(schedule.is_over());
  EXPECT_FALSE(schedule.take().has_value());
  EXPECT_EQ(schedule.settled_part(), 1.0);
}

}  // namespace
}  // namespace brenier::cli
