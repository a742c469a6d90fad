#include "simplex/network_simplex.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "brenier/ground_cost.hpp"
#include "brenier/solve.hpp"
#include "engines/multiscale/start.hpp"

namespace brenier::simplex {
namespace {

/// A transportation problem on few places of the plane, so that ties and degenerate pivots abound.
struct Instance {
  Points sources, targets;
  std::vector<std::int64_t> supply, demand;

  double cost(Node i, Node j) const {
    return GroundCost(2)(sources.row(i).data(), targets.row(j).data(), sources.cols());
  }
};

Instance make_instance(std::mt19937_64& random, Node n, Node m, bool equal_masses) {
  std::uniform_int_distribution<int> place(0, 6), mass(1, 9);
  Instance instance{Points(n, 2), Points(m, 2), {}, {}};
  for (double& x : instance.sources.reshaped()) x = place(random);
  for (double& y : instance.targets.reshaped()) y = place(random);
  std::int64_t total = 0;
  for (Node i = 0; i < n; ++i) {
    instance.supply.push_back(equal_masses ? m : mass(random) * m);
    total += instance.supply.back();
  }
  // Whole units a target, the rest one by one.
  for (Node j = 0; j < m; ++j) instance.demand.push_back(total / m + (j < total % m ? 1 : 0));
  return instance;
}

std::vector<std::int64_t> balance(const Instance& instance) {
  std::vector<std::int64_t> result = instance.supply;
  for (const std::int64_t units : instance.demand) result.push_back(-units);
  return result;
}

double value(const NetworkSimplex& simplex) {
  double sum = 0.0;
  simplex.for_each_flow([&](Node, Node, double cost, std::int64_t units) { sum += cost * static_cast<double>(units); });
  return sum;
}

double value_by_solve(const Instance& instance) {
  const auto weights = [](const std::vector<std::int64_t>& units) {
    Vector result(static_cast<Index>(units.size()));
    for (Index i = 0; i < result.size(); ++i) result[i] = static_cast<double>(units[static_cast<std::size_t>(i)]);
    return result;
  };
  SolveOptions options;
  options.engine = EngineKind::lemon;
  return solve(DiscreteMeasure(instance.sources, weights(instance.supply)),
               DiscreteMeasure(instance.targets, weights(instance.demand)), options)
      .certificate.primal;
}

TEST(NetworkSimplex, KeepsItsInvariantsAtEveryPivotAndEndsOptimal) {
  std::mt19937_64 random(7);
  for (int trial = 0; trial < 120; ++trial) {
    SCOPED_TRACE(trial);
    const auto n = static_cast<Node>(1 + random() % 14), m = static_cast<Node>(1 + random() % 14);
    const Instance instance = make_instance(random, n, m, trial % 2 == 0);
    NetworkSimplex simplex(n, m);
    NetworkSimplex::Workspace space;
    for (Node node = 0; node < n + m; ++node) simplex.set_potential(node, static_cast<double>(random() % 5));

    // Costs are halves of integers below 2⁷ and potentials integers: every sum is exact, so tight means equal.
    for (const Flow& flow : corner_plan(instance.supply, instance.demand)) {
      simplex.insert(flow.source, n + flow.target, instance.cost(flow.source, flow.target), flow.units, space);
      ASSERT_EQ(simplex.violated_invariant({}, 0.0), "");
    }
    ASSERT_EQ(simplex.violated_invariant(balance(instance), 0.0), "");
    for (bool improved = true; improved;) {
      improved = false;
      for (Node i = 0; i < n; ++i) {
        for (Node j = 0; j < m; ++j) {
          const double cost = instance.cost(i, j);
          if (simplex.reduced_cost(i, n + j, cost) >= 0.0) continue;
          simplex.enter(i, n + j, cost, space);
          improved = true;
          ASSERT_EQ(simplex.violated_invariant(balance(instance), 0.0), "");
        }
      }
    }
    // The certificate sums costs of centred points, each rounded a few times.
    EXPECT_NEAR(value(simplex), value_by_solve(instance), 1e-14 * value(simplex));
  }
}

std::vector<double> potentials(const NetworkSimplex& simplex) {
  std::vector<double> result;
  for (Node node = 0; node < simplex.size(); ++node) result.push_back(simplex.potential(node));
  return result;
}

TEST(NetworkSimplex, RecomputesThePotentialsItHas) {
  std::mt19937_64 random(3);
  const Instance instance = make_instance(random, 9, 11, false);
  NetworkSimplex simplex(9, 11);
  NetworkSimplex::Workspace space;
  for (const Flow& flow : corner_plan(instance.supply, instance.demand)) {
    simplex.insert(flow.source, 9 + flow.target, instance.cost(flow.source, flow.target), flow.units, space);
  }
  const std::vector<double> before = potentials(simplex);
  simplex.recompute_potentials();
  EXPECT_EQ(potentials(simplex), before);
}

TEST(NetworkSimplex, KeepsItsInvariantsInPatches) {
  std::mt19937_64 random(11);
  std::size_t most_patches = 0;
  for (int trial = 0; trial < 60; ++trial) {
    SCOPED_TRACE(trial);
    const auto n = static_cast<Node>(1 + random() % 60), m = static_cast<Node>(1 + random() % 60);
    const Instance instance = make_instance(random, n, m, trial % 2 == 0);
    NetworkSimplex simplex(n, m, static_cast<int>(2 + random() % 20));
    NetworkSimplex::Workspace space;
    for (const Flow& flow : corner_plan(instance.supply, instance.demand)) {
      simplex.insert(flow.source, n + flow.target, instance.cost(flow.source, flow.target), flow.units, space);
    }
    int pivots = 0;
    for (bool improved = true; improved;) {
      improved = false;
      for (Node i = 0; i < n; ++i) {
        for (Node j = 0; j < m; ++j) {
          const double cost = instance.cost(i, j);
          if (simplex.reduced_cost(i, n + j, cost) >= 0.0) continue;
          if (pivots++ % 16 == 0) simplex.gather(0, n, space);
          simplex.enter(i, n + j, cost, space);
          improved = true;
          most_patches = std::max(most_patches, space.in_use);
          ASSERT_EQ(simplex.violated_invariant(balance(instance), 0.0), "");
        }
      }
    }
    EXPECT_NEAR(value(simplex), value_by_solve(instance), 1e-14 * value(simplex));
    const std::vector<double> before = potentials(simplex);
    simplex.release_workspaces();
    EXPECT_EQ(potentials(simplex), before);
  }
  EXPECT_GT(most_patches, 20u);
}

TEST(NetworkSimplex, NamesABrokenInvariant) {
  NetworkSimplex simplex(1, 1);
  NetworkSimplex::Workspace space;
  simplex.insert(0, 1, 2.0, 5, space);
  EXPECT_EQ(simplex.violated_invariant({5, -5}, 0.0), "");
  EXPECT_NE(simplex.violated_invariant({4, -4}, 0.0), "");
  simplex.set_potential(0, simplex.potential(0) + 1.0);
  EXPECT_EQ(simplex.violated_invariant({5, -5}, 0.0), "a forest arc is not tight");
}

}  // namespace
}  // namespace brenier::simplex
