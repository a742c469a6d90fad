#include "engines/multiscale/start.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "numeric/rows.hpp"

namespace brenier::engines::multiscale {

Start order_start(const Problem& problem, const std::vector<simplex::Node>& source_order,
                  const std::vector<simplex::Node>& target_order) {
  Start start;
  if (problem.start_psi.size() > 0) start.psi = select_entries(problem.start_psi, target_order);
  if (problem.start_plan.empty()) return start;

  std::vector<std::int64_t> supply(source_order.size()), demand(target_order.size());
  for (std::size_t k = 0; k < supply.size(); ++k) supply[k] = problem.supply[static_cast<std::size_t>(source_order[k])];
  for (std::size_t k = 0; k < demand.size(); ++k) demand[k] = problem.demand[static_cast<std::size_t>(target_order[k])];
  const std::vector<Index> source_place = places(source_order, static_cast<Index>(source_order.size()));
  const std::vector<Index> target_place = places(target_order, static_cast<Index>(target_order.size()));
  std::vector<Shipment> shipments = problem.start_plan;
  for (Shipment& shipment : shipments) {
    shipment.source = source_place[static_cast<std::size_t>(shipment.source)];
    shipment.target = target_place[static_cast<std::size_t>(shipment.target)];
  }
  start.plan = simplex::fitted_plan(shipments, std::move(supply), std::move(demand));
  return start;
}

Vector tight_potential(int order, const OrderedCloud& sources, const OrderedCloud& targets,
                       const std::vector<simplex::Flow>& plan, const Vector& psi) {
  const GroundCost cost(order);
  const Index d = sources.points.cols();
  Vector phi = Vector::Constant(sources.size(), std::numeric_limits<double>::infinity());
  for (const simplex::Flow& flow : plan) {
    const double c = cost(sources.points.data() + flow.source * d, targets.points.data() + flow.target * d, d);
    phi[flow.source] = std::min(phi[flow.source], c - psi[flow.target]);
  }
  return phi;
}

}  // namespace brenier::engines::multiscale
