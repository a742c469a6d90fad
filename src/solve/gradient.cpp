#include "brenier/gradient.hpp"

#include <stdexcept>

#include "brenier/displacement.hpp"
#include "brenier/ground_cost.hpp"
#include "numeric/message.hpp"
#include "numeric/rows.hpp"
#include "problem/rows_with_mass.hpp"
#include "solve/potential_slope.hpp"
#include "values/shape_checks.hpp"

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

Points transport_map(const DiscreteMeasure& source, const DiscreteMeasure& target, const Solution& solution,
                     int threads) {
  Points images = displace(source, target, solution.plan, Displacement::barycentric).images;
  const std::vector<Index> rows = sources_without_entry(solution.plan);
  if (rows.empty()) return images;
  const CTransform transform = c_transform(solution.order, target.points(), solution.potentials.psi,
                                           select_rows(source.points(), rows), threads);
  for (std::size_t k = 0; k < rows.size(); ++k) images.row(rows[k]) = target.points().row(transform.minimizer[k]);
  return images;
}

Points potential_gradient(const DiscreteMeasure& source, const DiscreteMeasure& target, const Solution& solution,
                          int threads) {
  return potential_slope(solution.order, source.points(), transport_map(source, target, solution, threads));
}

}  // namespace brenier
