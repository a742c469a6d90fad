#include "dense_lemon.hpp"

#include <lemon/network_simplex.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "brenier/ground_cost.hpp"
#include "engines/lemon/complete_bipartite_digraph.hpp"
#include "numeric/message.hpp"
#include "problem/integer_masses.hpp"
#include "stopwatch.hpp"

namespace brenier::benchmark {
namespace {

using Digraph = engines::CompleteBipartiteDigraph;
using Simplex = lemon::NetworkSimplex<Digraph, std::int64_t, std::int64_t>;

/// The largest cost in whole units. A potential is a sum along a path of at most 2·min(n, m) < 2¹⁷ arcs (LEMON numbers
/// arcs with 31 bits), which stays below 2⁶¹.
constexpr int bits_of_largest_cost = 44;

/// Costs in whole units, by the number of an arc.
struct ArcCosts {
  using Key = Digraph::Arc;
  using Value = std::int64_t;
  const std::vector<double>& costs;
  double units_per_cost;
  std::int64_t operator[](Key arc) const {
    return std::llrint(costs[static_cast<std::size_t>(Digraph::id(arc))] * units_per_cost);
  }
};

/// Supplies, by the number of a node.
struct NodeSupplies {
  using Key = Digraph::Node;
  using Value = std::int64_t;
  const std::vector<std::int64_t>& supplies;
  std::int64_t operator[](Key node) const { return supplies[static_cast<std::size_t>(Digraph::id(node))]; }
};

std::vector<double> all_costs(const GroundCost& cost, const Points& sources, const Points& targets) {
  std::vector<double> costs;
  costs.reserve(static_cast<std::size_t>(sources.rows() * targets.rows()));
  for (Index i = 0; i < sources.rows(); ++i) {
    for (Index j = 0; j < targets.rows(); ++j) {
      costs.push_back(cost(sources.row(i).data(), targets.row(j).data(), sources.cols()));
    }
  }
  return costs;
}

/// Supplies of the sources, then the demands as negative supplies.
std::vector<std::int64_t> node_supplies(const IntegerMasses& masses) {
  std::vector<std::int64_t> supplies = masses.supply;
  for (const std::int64_t demand : masses.demand) supplies.push_back(-demand);
  return supplies;
}

}  // namespace

DenseAnswer solve_dense(int order, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  const Index n = source.size();
  const Index m = target.size();
  if (n + 2 > std::numeric_limits<int>::max() / (m + 2)) {
    throw std::length_error(message("LEMON numbers arcs with 31 bits: ", n, " x ", m, " points have too many"));
  }
  const GroundCost cost(order);
  DenseAnswer answer;
  Stopwatch watch;
  const std::vector<double> costs = all_costs(cost, source.points(), target.points());
  answer.cost_seconds = watch.seconds();

  watch = Stopwatch();
  const IntegerMasses masses = to_integer_masses(source.weights(), target.weights());
  const std::vector<std::int64_t> supplies = node_supplies(masses);
  const Digraph graph(static_cast<int>(n), static_cast<int>(m));
  Simplex simplex(graph);
  const double largest = *std::max_element(costs.begin(), costs.end());
  const double units_per_cost = largest > 0.0 ? std::ldexp(1.0, bits_of_largest_cost) / largest : 1.0;
  simplex.costMap(ArcCosts{costs, units_per_cost}).supplyMap(NodeSupplies{supplies});
  if (simplex.run() != Simplex::OPTIMAL) throw std::runtime_error("LEMON found no optimum of a balanced problem");

  double total = 0.0;
  for (Digraph::ArcIt arc(graph); arc != lemon::INVALID; ++arc) {
    const std::int64_t units = simplex.flow(arc);
    if (units > 0) total += static_cast<double>(units) * costs[static_cast<std::size_t>(Digraph::id(arc))];
  }
  answer.distance = cost.distance(total / static_cast<double>(masses.total));
  answer.seconds = watch.seconds();
  return answer;
}

}  // namespace brenier::benchmark
