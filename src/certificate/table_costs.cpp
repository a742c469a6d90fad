#include "certificate/table_costs.hpp"

#include <cmath>
#include <limits>

namespace brenier::table {

TableCosts::TableCosts(const CostMatrix& costs)
    : costs_(costs), greatest_(costs.unaryExpr([](double c) { return std::isfinite(c) ? c : 0.0; }).maxCoeff()) {
  if (greatest_ < 0.0) greatest_ = 0.0;
}

Points TableCosts::search_targets(Vector& rounding) const {
  rounding = Vector::Zero(costs_.cols());
  return Points(costs_.cols(), 0);
}

double TableCosts::least_cost() const { return -std::numeric_limits<double>::infinity(); }

}  // namespace brenier::table
