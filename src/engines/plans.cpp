#include "engines/plans.hpp"

#include "problem/north_west_corner.hpp"

namespace brenier::engines {

void complete_plan(const Problem& problem, std::vector<Shipment>& shipments) {
  std::vector<std::int64_t> supply = problem.supply;
  std::vector<std::int64_t> demand = problem.demand;
  for (const Shipment& shipment : shipments) {
    supply[static_cast<std::size_t>(shipment.source)] -= shipment.units;
    demand[static_cast<std::size_t>(shipment.target)] -= shipment.units;
  }
  const Eigen::RowVectorXd upper = problem.sources.colwise().maxCoeff().cwiseMax(problem.targets.colwise().maxCoeff());
  const Eigen::RowVectorXd lower = problem.sources.colwise().minCoeff().cwiseMin(problem.targets.colwise().minCoeff());
  Index widest = 0;
  (upper - lower).maxCoeff(&widest);
  const std::vector<Shipment> rest =
      north_west_corner(order_along(problem.sources, widest), order_along(problem.targets, widest), supply, demand);
  shipments.insert(shipments.end(), rest.begin(), rest.end());
}

double mean_cost(const Problem& problem, const std::vector<Shipment>& shipments) {
  const Index d = problem.sources.cols();
  double mass = 0.0;
  Eigen::RowVectorXd way = Eigen::RowVectorXd::Zero(d);
  for (const Shipment& shipment : shipments) {
    const auto units = static_cast<double>(shipment.units);
    mass += units;
    if (problem.order == 2)
      way += units * (problem.sources.row(shipment.source) - problem.targets.row(shipment.target));
  }
  way /= mass;
  double sum = 0.0;
  for (const Shipment& shipment : shipments) {
    const Eigen::RowVectorXd own = problem.sources.row(shipment.source) - problem.targets.row(shipment.target) - way;
    const double length = own.norm();
    sum += static_cast<double>(shipment.units) * (problem.order == 2 ? 0.5 * length * length : length);
  }
  return sum / mass;
}

}  // namespace brenier::engines
