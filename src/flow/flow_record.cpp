#include "flow/flow_record.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/compensated_sum.hpp"

namespace brenier::flow {

Vector lengths(const FlowState& state) {
  Vector result(state.particles.rows());
  for (Index i = 0; i < result.size(); ++i) result[i] = (state.images.row(i) - state.particles.row(i)).norm();
  return result;
}

double velocity_norm(const FlowState& state, int order) {
  const Vector length = lengths(state);
  CompensatedSum sum;
  for (Index i = 0; i < length.size(); ++i) {
    const double speed = order == 2 ? length[i] : (length[i] > 0.0 ? 1.0 : 0.0);
    sum.add(state.weights[i] * speed * speed);
  }
  return std::sqrt(sum.value());
}

std::optional<double> predicted_distance(const FlowState& state, const FlowOptions& options) {
  const Vector& length = state.first_lengths;
  if (length.size() == 0) return std::nullopt;
  const auto n = static_cast<double>(state.record.step);
  CompensatedSum sum;
  if (options.order == 2) {
    for (Index i = 0; i < length.size(); ++i) sum.add(state.weights[i] * length[i] * length[i]);
    return std::pow(1.0 - options.step, n) * std::sqrt(sum.value());
  }
  double shortest = std::numeric_limits<double>::infinity();
  for (Index i = 0; i < length.size(); ++i) {
    if (state.weights[i] > 0.0) shortest = std::min(shortest, length[i]);
    sum.add(state.weights[i] * std::max(0.0, length[i] - n * options.step));
  }
  if (!options.clip && n * options.step > shortest) return std::nullopt;
  return sum.value();
}

}  // namespace brenier::flow
