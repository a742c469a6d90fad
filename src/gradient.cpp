#include "brenier/gradient.hpp"

#include <stdexcept>

#include "brenier/ground_cost.hpp"
#include "message.hpp"
#include "shape_checks.hpp"

namespace brenier {

PointGradient transport_cost_gradient(int order, const DiscreteMeasure& source, const DiscreteMeasure& target,
                                      const TransportPlan& plan) {
  const GroundCost cost(order);
  if (source.dimension() != target.dimension()) {
    throw std::invalid_argument(
        message("target: dimension ", target.dimension(), ", but the source has ", source.dimension()));
  }
  check_plan("plan", plan, source.size(), target.size());
  PointGradient gradient{Points::Zero(source.size(), source.dimension()),
                         Points::Zero(target.size(), target.dimension())};
  Eigen::RowVectorXd direction(source.dimension());
  for (const PlanEntry& entry : plan.entries) {
    direction = source.points().row(entry.source) - target.points().row(entry.target);
    if (cost.order() == 1) direction.stableNormalize();
    gradient.source.row(entry.source) += entry.mass * direction;
    gradient.target.row(entry.target) -= entry.mass * direction;
  }
  return gradient;
}

PointGradient wasserstein_power_gradient(int order, const DiscreteMeasure& source, const DiscreteMeasure& target,
                                         const TransportPlan& plan) {
  PointGradient gradient = transport_cost_gradient(order, source, target, plan);
  gradient.source *= order;
  gradient.target *= order;
  return gradient;
}

}  // namespace brenier
