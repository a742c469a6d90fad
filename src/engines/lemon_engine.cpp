#include "engines/lemon_engine.hpp"

#include <lemon/network_simplex.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "canonical_potentials.hpp"
#include "engines/complete_bipartite_digraph.hpp"
#include "engines/north_west_corner.hpp"
#include "engines/stoppable_cost.hpp"
#include "message.hpp"
#include "pricing/packed_targets.hpp"

namespace brenier::engines {
namespace {

using Simplex = lemon::NetworkSimplex<CompleteBipartiteDigraph, std::int64_t, StoppableCost>;

/// LEMON's cost of an artificial arc.
constexpr std::int64_t artificial_cost = std::int64_t{1} << 62;

/// The costs as integers: c(xᵢ, yⱼ) = φᵢ + ψⱼ + units[i·m + j] · 2^exponent, up to half a unit.
struct IntegerCosts {
  Vector psi;
  int exponent = 0;
  std::vector<std::int64_t> units;
};

IntegerCosts integer_costs(const Problem& problem, int threads) {
  const Index n = problem.sources.rows();
  const Index m = problem.targets.rows();
  const Potentials reduction =
      canonical_potentials(problem.order, problem.sources, problem.targets, Vector::Zero(m), threads);
  pricing::PackedTargets targets(GroundCost(problem.order), problem.targets);
  targets.set_potential(reduction.psi);
  const Index row_size = targets.packs() * targets.pack_size;

  Vector row_maximum(n);
#pragma omp parallel num_threads(threads)
  {
    Vector row(row_size);
#pragma omp for schedule(static)
    for (Index i = 0; i < n; ++i) {
      targets.priced_costs(problem.sources.row(i).data(), row.data());
      row_maximum[i] = row.head(m).maxCoeff() - reduction.phi[i];
    }
  }

  IntegerCosts costs;
  costs.psi = reduction.psi;
  const double largest = row_maximum.maxCoeff();
  if (largest > 0.0) {
    const int most_bits =
        std::ilogb(static_cast<double>(artificial_cost) / static_cast<double>(2 * std::min(n, m) + 2));
    costs.exponent = std::ilogb(largest) + 1 - most_bits;
  }
  const double units_per_cost = std::ldexp(1.0, -costs.exponent);
  costs.units.resize(static_cast<std::size_t>(n * m));
#pragma omp parallel num_threads(threads)
  {
    Vector row(row_size);
#pragma omp for schedule(static)
    for (Index i = 0; i < n; ++i) {
      targets.priced_costs(problem.sources.row(i).data(), row.data());
      std::transform(row.data(), row.data() + m, costs.units.begin() + i * m,
                     [&](double priced) { return std::llrint((priced - reduction.phi[i]) * units_per_cost); });
    }
  }
  return costs;
}

/// Reads an array by the number of an arc.
struct ArcCosts {
  using Key = CompleteBipartiteDigraph::Arc;
  using Value = std::int64_t;
  const std::vector<std::int64_t>& units;
  std::int64_t operator[](Key arc) const { return units[static_cast<std::size_t>(CompleteBipartiteDigraph::id(arc))]; }
};

/// Supplies of the sources, then demands of the targets as negative supplies, by the number of a node.
struct NodeSupplies {
  using Key = CompleteBipartiteDigraph::Node;
  using Value = std::int64_t;
  const Problem& problem;
  std::int64_t operator[](Key node) const {
    const auto id = static_cast<std::size_t>(CompleteBipartiteDigraph::id(node));
    const std::size_t n = problem.supply.size();
    return id < n ? problem.supply[id] : -problem.demand[id - n];
  }
};

std::vector<Shipment> shipments_on_arcs(const Simplex& simplex, const CompleteBipartiteDigraph& graph, Index targets) {
  std::vector<Shipment> shipments;
  for (CompleteBipartiteDigraph::ArcIt arc(graph); arc != lemon::INVALID; ++arc) {
    const std::int64_t units = simplex.flow(arc);
    if (units > 0) shipments.push_back({graph.id(arc) / targets, graph.id(arc) % targets, units});
  }
  return shipments;
}

/// What the reduced costs' own potential adds to ψ: LEMON keeps c + π(source) − π(target) ≥ 0.
///
/// Differences are taken in integers, which have more digits than a double. Where the simplex was stopped, targets may
/// still hang on an artificial arc; without its cost they are comparable to the others.
Vector target_potential(const Simplex& simplex, Index sources, Index targets) {
  std::vector<std::int64_t> units(static_cast<std::size_t>(targets));
  for (Index j = 0; j < targets; ++j) {
    const std::int64_t value = simplex.potential(CompleteBipartiteDigraph::nodeFromId(static_cast<int>(sources + j)));
    units[static_cast<std::size_t>(j)] = value > artificial_cost / 2 ? value - artificial_cost : value;
  }
  const std::int64_t smallest = *std::min_element(units.begin(), units.end());
  Vector potential(targets);
  for (Index j = 0; j < targets; ++j) {
    potential[j] = static_cast<double>(units[static_cast<std::size_t>(j)] - smallest);
  }
  return potential;
}

/// Makes a part of a plan a whole one: what it leaves over is matched along the axis in which the clouds are widest.
void complete(const Problem& problem, std::vector<Shipment>& shipments) {
  std::vector<std::int64_t> supply = problem.supply;
  std::vector<std::int64_t> demand = problem.demand;
  for (const Shipment& shipment : shipments) {
    supply[static_cast<std::size_t>(shipment.source)] -= shipment.units;
    demand[static_cast<std::size_t>(shipment.target)] -= shipment.units;
  }
  const auto upper = problem.sources.colwise().maxCoeff().cwiseMax(problem.targets.colwise().maxCoeff());
  const auto lower = problem.sources.colwise().minCoeff().cwiseMin(problem.targets.colwise().minCoeff());
  Index widest = 0;
  (upper - lower).maxCoeff(&widest);
  const std::vector<Shipment> rest =
      north_west_corner(order_along(problem.sources, widest), order_along(problem.targets, widest), supply, demand);
  shipments.insert(shipments.end(), rest.begin(), rest.end());
}

}  // namespace

double LemonEngine::memory_estimate(Index sources, Index targets, Index dimension) const {
  // Per arc: LEMON's source, target, number (int), lower, upper, capacity, cost, flow (64 bits) and state (a char), and
  // our cost. Per node: LEMON's 10 arrays, at most 64 bits each. The points once more, packed.
  const double arc_bytes = 3 * sizeof(int) + 5 * sizeof(std::int64_t) + 1 + sizeof(std::int64_t);
  const double nodes = static_cast<double>(sources + targets);
  return arc_bytes * (static_cast<double>(sources) * static_cast<double>(targets) + 2.0 * nodes) +
         nodes * (10.0 + 2.0 * static_cast<double>(dimension)) * sizeof(double);
}

EngineResult LemonEngine::solve(const Problem& problem, RunControl& control, SolveStats&) const {
  const Index n = problem.sources.rows();
  const Index m = problem.targets.rows();
  if (static_cast<double>(n) * static_cast<double>(m) + 2.0 * static_cast<double>(n + m) >
      std::numeric_limits<int>::max()) {
    throw std::length_error(
        message("the lemon engine numbers arcs with 31 bits: ", n, " sources and ", m, " targets have too many"));
  }
  const IntegerCosts costs = integer_costs(problem, control.threads());
  const CompleteBipartiteDigraph graph(static_cast<int>(n), static_cast<int>(m));
  Simplex simplex(graph);
  simplex.costMap(ArcCosts{costs.units}).supplyMap(NodeSupplies{problem});

  EngineResult result;
  try {
    const StopScope scope(control);
    if (control.stop()) throw Stopped();
    Progress pivoting;
    pivoting.phase = "simplex";
    control.report(pivoting);
    if (simplex.run() != Simplex::OPTIMAL) throw std::logic_error("the network simplex refused a balanced problem");
    result.finished = true;
  } catch (const Stopped&) {
  }
  result.shipments = shipments_on_arcs(simplex, graph, m);
  if (!result.finished) complete(problem, result.shipments);
  result.psi = costs.psi + std::ldexp(1.0, costs.exponent) * target_potential(simplex, n, m);
  return result;
}

}  // namespace brenier::engines
