#include "problem/cost_scale.hpp"

#include <algorithm>

#include "numeric/compensated_sum.hpp"

namespace brenier {
namespace {

/// Σ aᵢ c(xᵢ, m) with m the weighted mean: the cost of gathering a cloud in its centre.
double cost_to_centre(const GroundCost& cost, const Points& points, const Vector& weights, double mass) {
  CompensatedVectorSum moment(points.cols());
  for (Index i = 0; i < points.rows(); ++i) {
    const double* point = points.row(i).data();
    moment.add([weight = weights[i], point](Index k) { return weight * point[k]; });
  }
  const Vector centre = moment.value() / mass;
  CompensatedSum sum;
  for (Index i = 0; i < points.rows(); ++i) {
    sum.add(weights[i] * cost(points.row(i).data(), centre.data(), points.cols()));
  }
  return sum.value();
}

}  // namespace

double cost_scale(const GroundCost& cost, const Frame& frame, const BalancedWeights& weights) {
  const double source = cost_to_centre(cost, frame.sources(), weights.source, weights.mass);
  const double target = cost_to_centre(cost, frame.targets(), weights.target, weights.mass);
  return cost.order() == 2 ? source + target : std::max(source, target);
}

}  // namespace brenier
