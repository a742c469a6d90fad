#include "engines/line/line_engine.hpp"

#include <algorithm>
#include <cmath>

#include "problem/north_west_corner.hpp"

namespace brenier::engines {
namespace {

/// c_p(x, y) with the digits that let a sum over a long staircase be exact to double precision.
long double line_cost(int order, double x, double y) {
  const long double difference = static_cast<long double>(x) - y;
  return order == 2 ? 0.5L * difference * difference : std::abs(difference);
}

/// ψ such that some φ makes φ + ψ = c on every cell of the staircase that the shipments lie on.
///
/// From one shipment to the next, either the source stays and ψ changes by the difference of the costs, or the target
/// stays and ψ does not change, or both change: then the staircase passes through the cell (old source, new target).
///
/// Summed with extra digits, and counted from the heaviest target, whose digits matter most.
Vector staircase_potential(const Problem& problem, const std::vector<Shipment>& shipments) {
  std::vector<long double> psi(problem.demand.size());
  Index source = shipments.front().source;
  Index target = shipments.front().target;
  for (const Shipment& shipment : shipments) {
    const double x = problem.sources(source, 0);
    psi[static_cast<std::size_t>(shipment.target)] =
        psi[static_cast<std::size_t>(target)] + (line_cost(problem.order, x, problem.targets(shipment.target, 0)) -
                                                 line_cost(problem.order, x, problem.targets(target, 0)));
    source = shipment.source;
    target = shipment.target;
  }
  const auto heaviest = std::max_element(problem.demand.begin(), problem.demand.end()) - problem.demand.begin();
  const long double reference = psi[static_cast<std::size_t>(heaviest)];
  Vector rounded(problem.targets.rows());
  std::transform(psi.begin(), psi.end(), rounded.begin(),
                 [reference](long double value) { return static_cast<double>(value - reference); });
  return rounded;
}

}  // namespace

double LineEngine::memory_estimate(Index sources, Index targets, Index) const {
  return static_cast<double>(sources + targets) * (2.0 * sizeof(Shipment) + sizeof(Index) + 2.0 * sizeof(double));
}

EngineResult LineEngine::solve(Problem problem, RunControl&, SolveStats&) const {
  EngineResult result;
  result.shipments = north_west_corner(order_along(problem.sources, 0), order_along(problem.targets, 0), problem.supply,
                                       problem.demand);
  result.psi = staircase_potential(problem, result.shipments);
  result.finished = true;
  return result;
}

}  // namespace brenier::engines
