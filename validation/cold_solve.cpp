#include "cold_solve.hpp"

#include <algorithm>
#include <cmath>

#include "brenier/ground_cost.hpp"

namespace brenier::validation {

Solution solve_cold(const DiscreteMeasure& a, const DiscreteMeasure& b, int order, const Setting& setting) {
  SolveOptions options;
  options.order = order;
  options.threads = setting.threads;
  options.monitor = setting.monitor;
  Solution solution = solve(a, b, options);
  if (solution.termination.reason != Termination::Reason::optimal) {
    throw NotProven("a solve ended as " + to_string(solution.termination.reason));
  }
  return solution;
}

ExactDistance distance_of(const Solution& solution, const DiscreteMeasure& a, const DiscreteMeasure& b) {
  const double lowest = solution.certificate.distance_lower;
  const double evaluation = (static_cast<double>(a.dimension()) + 8.0) * roundoff * solution.distance;
  const double unproven = std::max(0.0, solution.distance - lowest);
  return {solution.distance, unproven + evaluation + rounding_of_cloud(a, b, 2.0)};
}

ExactDistance cold_distance(const DiscreteMeasure& a, const DiscreteMeasure& b, int order, const Setting& setting) {
  return distance_of(solve_cold(a, b, order, setting), a, b);
}

double rounding_of_cloud(const DiscreteMeasure& a, const DiscreteMeasure& b, double roundings) {
  const double largest = std::max(a.points().cwiseAbs().maxCoeff(), b.points().cwiseAbs().maxCoeff());
  return std::sqrt(static_cast<double>(a.dimension())) * roundings * roundoff * largest;
}

}  // namespace brenier::validation
