#include "dense_lemon.hpp"

#include <lemon/network_simplex.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "brenier/ground_cost.hpp"
#include "engines/complete_bipartite_digraph.hpp"
#include "message.hpp"
#include "quantize.hpp"
#include "stopwatch.hpp"

namespace brenier::benchmark {
namespace {

using Digraph = engines::CompleteBipartiteDigraph;
using Simplex = lemon::NetworkSimplex<Digraph, std::int64_t, double>;

/// An array as a map of LEMON, by the number of an arc or node.
template <typename Item, typename Number>
struct ArrayMap {
  using Key = Item;
  using Value = Number;
  const std::vector<Number>& values;
  Number operator[](Key key) const { return values[static_cast<std::size_t>(Digraph::id(key))]; }
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
std::vector<std::int64_t> node_supplies(const QuantizedMasses& masses) {
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
  const QuantizedMasses masses = quantize(source.weights(), target.weights());
  const std::vector<std::int64_t> supplies = node_supplies(masses);
  const Digraph graph(static_cast<int>(n), static_cast<int>(m));
  Simplex simplex(graph);
  simplex.costMap(ArrayMap<Digraph::Arc, double>{costs}).supplyMap(ArrayMap<Digraph::Node, std::int64_t>{supplies});
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
