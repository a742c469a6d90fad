#include "cost_scale.hpp"

#include <algorithm>
#include <vector>

#include "compensated_sum.hpp"

namespace brenier {
namespace {

/// Σ aᵢ c(xᵢ, m) with m the weighted mean: the cost of gathering a cloud in its centre.
double cost_to_centre(const GroundCost& cost, const Points& points, const Vector& weights, double mass) {
  // Point by point, as they stand in memory.
  std::vector<CompensatedSum> sums(static_cast<std::size_t>(points.cols()));
  for (Index i = 0; i < points.rows(); ++i) {
    for (Index k = 0; k < points.cols(); ++k) sums[static_cast<std::size_t>(k)].add(weights[i] * points(i, k));
  }
  Vector centre(points.cols());
  for (Index k = 0; k < points.cols(); ++k) centre[k] = sums[static_cast<std::size_t>(k)].value() / mass;
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
