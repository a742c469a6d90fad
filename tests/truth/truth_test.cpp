#include <gtest/gtest.h>
#include <quadmath.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "brenier/solve.hpp"
#include "numeric/integer_weights.hpp"
#include "support/assignment.hpp"
#include "truth/integer_clouds.hpp"

namespace brenier {
namespace {

__extension__ typedef __float128 Quad;

using test::IntegerInstance;

/// How many instances: 2,000, or what BRENIER_INSTANCES says.
std::uint64_t instances() {
  const char* number = std::getenv("BRENIER_INSTANCES");
  return number == nullptr ? 2000 : std::strtoull(number, nullptr, 10);
}

Int128 squared_distance(const IntegerInstance& instance, Index i, Index j) {
  Int128 sum = 0;
  for (Index k = 0; k < instance.sources.cols(); ++k) {
    const Int128 difference = static_cast<Int128>(instance.sources(i, k)) - static_cast<Int128>(instance.targets(j, k));
    sum += difference * difference;
  }
  return sum;
}

/// A point for each unit of mass.
std::vector<Index> units_of(const std::vector<Index>& masses) {
  std::vector<Index> units;
  for (std::size_t k = 0; k < masses.size(); ++k)
    units.insert(units.end(), static_cast<std::size_t>(masses[k]), static_cast<Index>(k));
  return units;
}

/// What an optimal plan costs, for one unit of mass a point, and what part of it no plan can do without: for p = 2 in
/// squares of lengths, times the mass, so that all numbers are integers.
struct Truth {
  Quad cost = 0;         ///< Σ over units of |x − y|ᵖ.
  Quad fixed = 0;        ///< For p = 2 |Σx − Σy|²/N, which every plan pays.
  bool is_exact = true;  ///< Whether every cost is so small that its unit is more than an engine may be off by.
};

/// p = 2 in integers.
struct Squares {
  static constexpr int order = 2;
  using Number = Int128;
  static Number cost(const IntegerInstance& instance, Index i, Index j) { return squared_distance(instance, i, j); }
  static Number infinity() { return Int128{1} << 120; }
};

/// p = 1 in numbers of 113 bits.
struct Lengths {
  static constexpr int order = 1;
  using Number = Quad;
  static Number cost(const IntegerInstance& instance, Index i, Index j) {
    return sqrtq(static_cast<Quad>(squared_distance(instance, i, j)));
  }
  static Number infinity() { return static_cast<Quad>(1e60); }
};

template <class Costs>
Truth find_truth(const IntegerInstance& instance) {
  const std::vector<Index> x = units_of(instance.supply), y = units_of(instance.demand);
  const auto n = static_cast<Index>(x.size());
  std::vector<typename Costs::Number> cost;
  cost.reserve(x.size() * y.size());
  Truth truth;
  for (const Index i : x) {
    for (const Index j : y) {
      cost.push_back(Costs::cost(instance, i, j));
      truth.is_exact = truth.is_exact && squared_distance(instance, i, j) < (Int128{1} << 46);
    }
  }
  const std::vector<Index> column = test::least_assignment<typename Costs::Number>(n, cost, Costs::infinity());
  typename Costs::Number sum = 0;
  for (Index i = 0; i < n; ++i) sum += cost[static_cast<std::size_t>(i * n + column[static_cast<std::size_t>(i)])];
  truth.cost = static_cast<Quad>(sum);
  if (Costs::order == 1) return truth;
  for (Index k = 0; k < instance.sources.cols(); ++k) {
    Int128 way = 0;
    for (const Index i : x) way += static_cast<Int128>(instance.sources(i, k));
    for (const Index j : y) way -= static_cast<Int128>(instance.targets(j, k));
    truth.fixed += static_cast<Quad>(way) * static_cast<Quad>(way) / static_cast<Quad>(n);
  }
  return truth;
}

template <class Costs>
Quad plan_cost(const IntegerInstance& instance, const TransportPlan& plan) {
  typename Costs::Number sum = 0;
  for (const PlanEntry& entry : plan.entries) {
    const double units = entry.mass * static_cast<double>(instance.mass());
    EXPECT_NEAR(units, std::round(units), 1e-9);
    sum += static_cast<typename Costs::Number>(std::llround(units)) * Costs::cost(instance, entry.source, entry.target);
  }
  return static_cast<Quad>(sum);
}

DiscreteMeasure measure(const Points& points, const std::vector<Index>& masses, bool equal) {
  if (equal) return DiscreteMeasure(points);
  Vector weights(points.rows());
  for (Index i = 0; i < points.rows(); ++i) weights[i] = static_cast<double>(masses[static_cast<std::size_t>(i)]);
  return DiscreteMeasure(points, weights);
}

struct Counts {
  int solves = 0;
  int optimal = 0;
  int unproven = 0;
  int wrong = 0;    ///< "Optimal" and costlier than the rule allows.
  int outside = 0;  ///< The truth is outside of the interval.
  int unequal = 0;  ///< Costs are below 2⁴⁶, and yet the plan's is not that of the optimum, bit for bit.
};

template <class Costs>
void check(const IntegerInstance& instance, std::uint64_t seed, EngineKind engine, const Truth& truth, Counts& counts) {
  const bool equal = instance.has_equal_weights();
  SolveOptions options;
  options.order = Costs::order;
  options.engine = engine;
  options.normalize = true;
  options.threads = 1;
  const Solution solution = solve(measure(instance.sources, instance.supply, equal),
                                  measure(instance.targets, instance.demand, equal), options);
  const Certificate& certificate = solution.certificate;
  const bool optimal = solution.termination.reason == Termination::Reason::optimal;
  const auto describe = [&](const char* what) {
    std::printf(
        "%s: p = %d, seed %llu (%s, %ld x %ld, d = %ld), %s, relative gap %.3g, true distance in [%.17g, %.17g]\n",
        what, Costs::order, static_cast<unsigned long long>(seed), instance.family.c_str(),
        static_cast<long>(instance.sources.rows()), static_cast<long>(instance.targets.rows()),
        static_cast<long>(instance.sources.cols()), solution.stats.engine.c_str(), certificate.relative_gap,
        certificate.distance_lower, certificate.distance_upper);
  };
  ++counts.solves;
  ++(optimal ? counts.optimal : counts.unproven);
  if (!optimal) describe("unproven");

  const Quad cost = plan_cost<Costs>(instance, solution.plan);
  const Quad allowed =
      (static_cast<Quad>(1e-12) + static_cast<Quad>(instance.sources.cols() + 4) * static_cast<Quad>(0x1p-53)) *
      (cost - truth.fixed);
  // What the truth itself is rounded by: 113 bits of the largest number in it.
  const Quad rounding = static_cast<Quad>(0x1p-100) * (truth.cost + truth.fixed);
  if (optimal && cost - truth.cost > allowed + rounding) {
    ++counts.wrong;
    describe("WRONG");
  }
  if (Costs::order == 2 && truth.is_exact && cost != truth.cost) {
    ++counts.unequal;
    describe("unequal");
  }
  const Quad mean = truth.cost / static_cast<Quad>(instance.mass());
  const Quad distance = Costs::order == 2 ? sqrtq(mean) : mean;
  const Quad margin = static_cast<Quad>(0x1p-100) * distance;
  if (static_cast<Quad>(certificate.distance_lower) > distance + margin ||
      static_cast<Quad>(certificate.distance_upper) < distance - margin) {
    ++counts.outside;
    describe("OUTSIDE");
  }
}

template <class Costs>
void compare_with_truth() {
  Counts counts;
  for (std::uint64_t seed = 1; seed <= instances(); ++seed) {
    const IntegerInstance instance = test::draw_instance(seed);
    const Truth truth = find_truth<Costs>(instance);
    std::vector<EngineKind> engines{EngineKind::automatic, EngineKind::lemon, EngineKind::multiscale};
    if (instance.sources.cols() == 1) engines.front() = EngineKind::line;  // What automatic takes.
    for (const EngineKind engine : engines) check<Costs>(instance, seed, engine, truth, counts);
  }
  std::printf(
      "p = %d: %llu instances, %d solves: %d optimal, %d unproven, %d wrong, %d outside of their interval, %d "
      "unequal\n",
      Costs::order, static_cast<unsigned long long>(instances()), counts.solves, counts.optimal, counts.unproven,
      counts.wrong, counts.outside, counts.unequal);
  EXPECT_EQ(counts.wrong, 0);
  EXPECT_EQ(counts.outside, 0);
  EXPECT_EQ(counts.unequal, 0);
  EXPECT_LE(1000 * counts.unproven, counts.solves);
}

TEST(Truth, OfSquaredDistancesIsFoundInIntegers) { compare_with_truth<Squares>(); }

TEST(Truth, OfDistancesIsFoundIn113Bits) { compare_with_truth<Lengths>(); }

}  // namespace
}  // namespace brenier
