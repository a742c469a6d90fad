#include "engines/line_engine.hpp"

#include <cmath>

#include "engines/north_west_corner.hpp"

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
Vector staircase_potential(const Problem& problem, const std::vector<Shipment>& shipments) {
  Vector psi = Vector::Zero(problem.targets.rows());
  long double value = 0.0L;
  Index source = shipments.front().source;
  Index target = shipments.front().target;
  for (const Shipment& shipment : shipments) {
    const double x = problem.sources(source, 0);
    value += line_cost(problem.order, x, problem.targets(shipment.target, 0)) -
             line_cost(problem.order, x, problem.targets(target, 0));
    psi[shipment.target] = static_cast<double>(value);
    source = shipment.source;
    target = shipment.target;
  }
  return psi;
}

}  // namespace

double LineEngine::memory_estimate(Index sources, Index targets, Index) const {
  return static_cast<double>(sources + targets) * (2.0 * sizeof(Shipment) + sizeof(Index) + 2.0 * sizeof(double));
}

EngineResult LineEngine::solve(const Problem& problem, RunControl&, SolveStats&) const {
  EngineResult result;
  result.shipments = north_west_corner(order_along(problem.sources, 0), order_along(problem.targets, 0), problem.supply,
                                       problem.demand);
  result.psi = staircase_potential(problem, result.shipments);
  result.finished = true;
  return result;
}

}  // namespace brenier::engines
