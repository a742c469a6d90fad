#include "brenier/ground_cost.hpp"

#include <cmath>
#include <stdexcept>

#include "numeric/message.hpp"

namespace brenier {

GroundCost::GroundCost(int order) : order_(order) {
  if (order != 1 && order != 2) {
    throw std::invalid_argument(message("order: is ", order, ", expected 1 or 2"));
  }
}

double GroundCost::operator()(const double* x, const double* y, Index dimension) const {
  double squares = 0.0;
  for (Index k = 0; k < dimension; ++k) {
    const double difference = x[k] - y[k];
    squares += difference * difference;
  }
  return order_ == 2 ? 0.5 * squares : std::sqrt(squares);
}

double GroundCost::distance(double transport_cost) const {
  if (transport_cost < 0.0) return 0.0;
  return order_ == 2 ? std::sqrt(2.0 * transport_cost) : transport_cost;
}

}  // namespace brenier
