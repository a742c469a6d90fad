#include "engines/lemon/lemon_engine.hpp"

#include <lemon/network_simplex.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "control/parallel_errors.hpp"
#include "engines/lemon/complete_bipartite_digraph.hpp"
#include "engines/lemon/stoppable_cost.hpp"
#include "engines/plans.hpp"
#include "numeric/message.hpp"
#include "search/packed_targets.hpp"

namespace brenier::engines {
namespace {

using Simplex = lemon::NetworkSimplex<CompleteBipartiteDigraph, std::int64_t, StoppableCost>;

/// LEMON's cost of an artificial arc.
constexpr std::int64_t artificial_cost = std::int64_t{1} << 62;

/// A unit of cost this small next to what the plan costs leaves a gap well below 1e-12.
constexpr double finest_unit = 1e-13;

/// Reduced costs of arcs in an optimal plan are wrong by a few units; those above so many are as good as infinite.
constexpr double cap_in_units = 1 << 20;

/// Each round after the first makes the unit 2³⁰ times finer or more: after these it is beyond what doubles can tell.
constexpr int most_rounds = 8;

/// min(c(xᵢ, yⱼ) − φᵢ − ψⱼ, cap) at i·m + j with φ = ψᶜ: not negative, and zero at least once a source.
std::vector<double> reduced_costs(const Problem& problem, const Vector& psi, double cap, int threads) {
  const Index n = problem.sources.rows();
  const Index m = problem.targets.rows();
  search::PackedTargets targets(GroundCost(problem.order), problem.targets);
  targets.set_potential(psi);
  std::vector<double> reduced(static_cast<std::size_t>(n * m));
  ParallelErrors errors;
#pragma omp parallel num_threads(threads)
  {
    Vector priced;
#pragma omp for schedule(dynamic, 16)
    for (Index i = 0; i < n; ++i) {
      errors.run([&] {
        priced.resize(targets.packs() * targets.pack_size);
        targets.priced_costs(problem.sources.row(i).data(), priced.data());
        const double phi = priced.head(m).minCoeff();
        std::transform(priced.data(), priced.data() + m, reduced.begin() + i * m,
                       [&](double value) { return std::min(value - phi, cap); });
      });
    }
  }
  errors.rethrow();
  return reduced;
}

/// The smallest power of two in whose multiples costs up to `largest` have few enough bits, see the class.
double smallest_unit(double largest, Index sources, Index targets) {
  const double most_units =
      static_cast<double>(artificial_cost) / static_cast<double>(2 * std::min(sources, targets) + 2);
  return largest > 0.0 ? std::ldexp(1.0, std::ilogb(largest) + 1 - std::ilogb(most_units)) : 1.0;
}

/// Costs by the number of an arc, rounded to integers. Reading them all takes a while and can be stopped.
struct ArcCosts {
  using Key = CompleteBipartiteDigraph::Arc;
  using Value = std::int64_t;
  const std::vector<double>& costs;
  double units_per_cost;
  std::int64_t operator[](Key arc) const {
    StopScope::tick();
    return std::llrint(costs[static_cast<std::size_t>(CompleteBipartiteDigraph::id(arc))] * units_per_cost);
  }
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

/// The potential of the targets, in units of cost: LEMON keeps c + π(source) − π(target) ≥ 0.
///
/// Differences are taken in integers, which have more digits than a double, from the heaviest target, whose digits
/// matter most. Where the simplex was stopped, targets may still hang on an artificial arc; without its cost they are
/// comparable to the others.
Vector target_potential(const Simplex& simplex, const Problem& problem) {
  const Index sources = problem.sources.rows();
  const Index targets = problem.targets.rows();
  std::vector<std::int64_t> units(static_cast<std::size_t>(targets));
  for (Index j = 0; j < targets; ++j) {
    const std::int64_t value = simplex.potential(CompleteBipartiteDigraph::nodeFromId(static_cast<int>(sources + j)));
    units[static_cast<std::size_t>(j)] = value > artificial_cost / 2 ? value - artificial_cost : value;
  }
  const auto heaviest = std::max_element(problem.demand.begin(), problem.demand.end()) - problem.demand.begin();
  const std::int64_t reference = units[static_cast<std::size_t>(heaviest)];
  Vector potential(targets);
  for (Index j = 0; j < targets; ++j) {
    potential[j] = static_cast<double>(units[static_cast<std::size_t>(j)] - reference);
  }
  return potential;
}

/// One run of the simplex with the costs given, and the potential that it adds, in the units of the costs.
EngineResult run_simplex(const Problem& problem, const std::vector<double>& costs, double unit, int round,
                         RunControl& control) {
  const Index n = problem.sources.rows();
  const Index m = problem.targets.rows();
  const CompleteBipartiteDigraph graph(static_cast<int>(n), static_cast<int>(m));
  Simplex simplex(graph);

  EngineResult result;
  try {
    const StopScope scope(control);
    if (control.stop()) throw Stopped();
    simplex.costMap(ArcCosts{costs, 1.0 / unit}).supplyMap(NodeSupplies{problem});
    Progress pivoting;
    pivoting.phase = "simplex";
    pivoting.round = round + 1;
    control.report(pivoting);
    if (simplex.run() != Simplex::OPTIMAL) throw std::logic_error("the network simplex refused a balanced problem");
    result.finished = true;
  } catch (const Stopped&) {
  }
  result.shipments = shipments_on_arcs(simplex, graph, m);
  if (!result.finished) complete_plan(problem, result.shipments);
  result.psi = unit * target_potential(simplex, problem);
  return result;
}

}  // namespace

double LemonEngine::memory_estimate(Index sources, Index targets, Index dimension) const {
  // Per arc: LEMON's source, target, number (int), lower, upper, capacity, cost, flow (64 bits) and state (a char), and
  // our cost. Per node: LEMON's 10 arrays, at most 64 bits each. The points once more, packed.
  const double arc_bytes = 3 * sizeof(int) + 5 * sizeof(std::int64_t) + 1 + sizeof(double);
  const double nodes = static_cast<double>(sources + targets);
  return arc_bytes * (static_cast<double>(sources) * static_cast<double>(targets) + 2.0 * nodes) +
         nodes * (10.0 + 2.0 * static_cast<double>(dimension)) * sizeof(double);
}

EngineResult LemonEngine::solve(Problem problem, RunControl& control, SolveStats& stats) const {
  stats.engine = "lemon";
  const Index n = problem.sources.rows();
  const Index m = problem.targets.rows();
  if (static_cast<double>(n) * static_cast<double>(m) + 2.0 * static_cast<double>(n + m) >
      std::numeric_limits<int>::max()) {
    throw std::length_error(
        message("the lemon engine numbers arcs with 31 bits: ", n, " sources and ", m, " targets have too many"));
  }
  Vector psi = Vector::Zero(m);
  double cap = std::numeric_limits<double>::infinity();
  EngineResult result;
  for (int round = 0; round < most_rounds; ++round) {
    const std::vector<double> costs = reduced_costs(problem, psi, cap, control.threads());
    const double largest = *std::max_element(costs.begin(), costs.end());
    const double unit = smallest_unit(largest, n, m);
    EngineResult refined = run_simplex(problem, costs, unit, round, control);
    if (round > 0 && !refined.finished) {
      result.finished = false;
      break;
    }
    psi += refined.psi;
    result = std::move(refined);
    const double mean = mean_cost(problem, result.shipments);
    // Costs are not negative: a plan that costs nothing is optimal.
    if (!result.finished || largest == 0.0 || mean == 0.0 || unit <= finest_unit * mean) break;
    cap = cap_in_units * unit;
  }
  result.psi = psi;
  return result;
}

}  // namespace brenier::engines
