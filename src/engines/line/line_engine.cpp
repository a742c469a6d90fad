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

/// The shipment that brings the sum of units, in their order, to half.
std::size_t middle_of(const std::vector<Shipment>& shipments) {
  std::int64_t total = 0, sum = 0;
  for (const Shipment& shipment : shipments) total += shipment.units;
  std::size_t middle = 0;
  while (sum + shipments[middle].units < total - total / 2) sum += shipments[middle++].units;
  return middle;
}

/// ψ such that some φ makes φ + ψ = c on every cell of the staircase that the shipments lie on.
///
/// From one shipment to the next, either the source stays and ψ changes by the difference of the costs, or the target
/// stays and ψ does not change, or both change: then the staircase passes through the cell (old source, new target).
///
/// Summed with extra digits, from the middle of the mass outwards: far points at either end, whose ψ is large, take no
/// digits from the others.
Vector staircase_potential(const Problem& problem, const std::vector<Shipment>& shipments) {
  const auto step = [&](std::size_t k) {  // ψ of shipment k + 1 less that of shipment k.
    const double x = problem.sources(shipments[k].source, 0);
    return line_cost(problem.order, x, problem.targets(shipments[k + 1].target, 0)) -
           line_cost(problem.order, x, problem.targets(shipments[k].target, 0));
  };
  const std::size_t middle = middle_of(shipments);
  Vector psi(problem.targets.rows());
  long double value = 0.0L;
  for (std::size_t k = middle; k < shipments.size(); ++k) {
    if (k > middle) value += step(k - 1);
    psi[shipments[k].target] = static_cast<double>(value);
  }
  value = 0.0L;
  for (std::size_t k = middle; k-- > 0;) {
    value -= step(k);
    psi[shipments[k].target] = static_cast<double>(value);
  }
  return psi;
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
