#include "engines/auction/candidate_auction.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace brenier::engines::auction {
namespace {

using simplex::CandidateArcs;
using simplex::Node;

/// Candidates of n sources and n targets: each arc with probability `density`, and the diagonal, so that there is a
/// perfect matching.
CandidateArcs make_arcs(std::mt19937_64& random, Node n, double density) {
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  CandidateArcs arcs(n);
  CandidateArcs::Builder builder(arcs);
  for (Node i = 0; i < n; ++i) {
    for (Node j = 0; j < n; ++j) {
      if (i == j || uniform(random) < density) builder.add({n + j, uniform(random)});
    }
    builder.next_source();
  }
  return arcs;
}

TEST(CandidateAuction, MatchesEverySourceAtNearlyItsLeastPrice) {
  std::mt19937_64 random(5);
  RunControl control(nullptr, std::numeric_limits<double>::infinity(), 1);
  for (int trial = 0; trial < 50; ++trial) {
    SCOPED_TRACE(trial);
    const auto n = static_cast<Node>(1 + random() % 40);
    const CandidateArcs arcs = make_arcs(random, n, 0.5);
    Vector psi = Vector::Zero(n);
    std::vector<Node> partner;
    const double spread = 0.5;
    ASSERT_TRUE(match_by_auction(arcs, n, spread, psi, partner, control));

    std::vector<Node> targets = partner;
    std::sort(targets.begin(), targets.end());
    for (Node j = 0; j < n; ++j) ASSERT_EQ(targets[static_cast<std::size_t>(j)], j);
    for (Node i = 0; i < n; ++i) {
      double least = std::numeric_limits<double>::infinity(), own = least;
      for (Index arc = arcs.begin(i); arc < arcs.end(i); ++arc) {
        const Node j = arcs.target(arc) - n;
        const double value = arcs.cost(arc) - psi[j];
        least = std::min(least, value);
        if (j == partner[static_cast<std::size_t>(i)]) own = value;
      }
      // The last ε is below a twentieth of the spread.
      EXPECT_LE(own, least + 0.05 * spread);
    }
  }
}

TEST(CandidateAuction, LeavesThePricesAloneWhereThereIsNoMatching) {
  RunControl control(nullptr, std::numeric_limits<double>::infinity(), 1);
  CandidateArcs arcs(3);
  CandidateArcs::Builder builder(arcs);
  for (int i = 0; i < 3; ++i) {  // Three sources want the same two targets.
    builder.add({3, 1.0});
    builder.add({4, 2.0});
    builder.next_source();
  }
  Vector psi = Vector::Constant(3, 7.0);
  std::vector<Node> partner;
  EXPECT_FALSE(match_by_auction(arcs, 3, 1.0, psi, partner, control));
  EXPECT_EQ(psi, Vector::Constant(3, 7.0));
  EXPECT_TRUE(partner.empty());
}

}  // namespace
}  // namespace brenier::engines::auction
