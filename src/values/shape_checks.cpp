#include "values/shape_checks.hpp"

#include <cmath>
#include <stdexcept>

#include "numeric/compensated_sum.hpp"
#include "numeric/message.hpp"

namespace brenier {

void check_plan(const char* name, const TransportPlan& plan, Index sources, Index targets) {
  if (plan.sources != sources || plan.targets != targets) {
    throw std::invalid_argument(message(name, ": made for ", plan.sources, " sources and ", plan.targets,
                                        " targets, but the clouds have ", sources, " and ", targets));
  }
  for (std::size_t k = 0; k < plan.entries.size(); ++k) {
    const PlanEntry& entry = plan.entries[k];
    if (entry.source < 0 || entry.source >= sources || entry.target < 0 || entry.target >= targets) {
      throw std::invalid_argument(message(name, ": entry ", k, " joins source ", entry.source, " and target ",
                                          entry.target, ", but there are ", sources, " and ", targets));
    }
    if (!std::isfinite(entry.mass) || entry.mass < 0.0) {
      throw std::invalid_argument(
          message(name, ": entry ", k, " has mass ", entry.mass, ", expected a finite number that is not negative"));
    }
  }
}

void check_potential(const char* name, const Vector& potential, Index points) {
  if (potential.size() != points) {
    throw std::invalid_argument(message(name, ": there are ", potential.size(), " entries for ", points, " points"));
  }
  check_finite_entries(name, potential);
}

void check_finite_entries(const char* name, const Vector& values) {
  for (Index i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i])) continue;
    throw std::invalid_argument(message(name, ": entry ", i, " is ", values[i], ", expected a finite number"));
  }
}

void check_finite(const char* name, const Eigen::Ref<const Points>& values) {
  if (values.allFinite()) return;
  for (Index i = 0; i < values.rows(); ++i) {
    for (Index k = 0; k < values.cols(); ++k) {
      if (std::isfinite(values(i, k))) continue;
      throw std::invalid_argument(
          message(name, ": row ", i, ", column ", k, " is ", values(i, k), ", expected a finite number"));
    }
  }
}

double checked_mass(const char* name, const Vector& weights, Index points) {
  if (weights.size() != points) {
    throw std::invalid_argument(message(name, ": there are ", weights.size(), " for ", points, " points"));
  }
  CompensatedSum sum;
  for (Index i = 0; i < points; ++i) {
    if (!std::isfinite(weights[i]) || weights[i] < 0.0) {
      throw std::invalid_argument(
          message(name, ": entry ", i, " is ", weights[i], ", expected a finite number that is not negative"));
    }
    sum.add(weights[i]);
  }
  if (!std::isfinite(sum.value())) throw std::invalid_argument(message(name, ": their sum is too large for a double"));
  if (!(sum.value() > 0.0)) throw std::invalid_argument(message(name, ": all are zero, expected a positive sum"));
  return sum.value();
}

}  // namespace brenier
