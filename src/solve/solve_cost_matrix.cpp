#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "brenier/cost_matrix.hpp"
#include "certificate/plan_flows.hpp"
#include "certificate/table_judge.hpp"
#include "certificate/termination.hpp"
#include "control/run_control.hpp"
#include "engines/table/table_engine.hpp"
#include "numeric/message.hpp"
#include "numeric/rows.hpp"
#include "problem/balanced_weights.hpp"
#include "problem/frame.hpp"
#include "problem/prepared_masses.hpp"
#include "solve/check_start.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

void check_costs(const CostMatrix& costs) {
  if (costs.size() == 0) throw std::invalid_argument("costs: the table is empty, at least one entry is needed");
  for (Index i = 0; i < costs.rows(); ++i) {
    for (Index j = 0; j < costs.cols(); ++j) {
      if (costs(i, j) > -std::numeric_limits<double>::infinity()) continue;
      throw std::invalid_argument(message("costs: row ", i, ", column ", j, " is ", costs(i, j),
                                          ", expected a finite number, or inf for a forbidden pair"));
    }
  }
}

/// A table in a unit in which sums of its costs neither overflow nor vanish: the table itself, or where its costs are
/// near the ends of the doubles a copy times a power of two, which rounds nothing.
class ScaledTable {
 public:
  explicit ScaledTable(const CostMatrix& costs) : exponent_(exponent_of(costs)) {
    if (exponent_ != 0) copy_ = costs.unaryExpr([e = exponent_](double c) { return std::ldexp(c, -e); });
    table_.emplace(exponent_ != 0 ? CostMatrix(copy_) : costs);
  }
  ScaledTable(const ScaledTable&) = delete;
  ScaledTable& operator=(const ScaledTable&) = delete;

  const CostMatrix& costs() const { return *table_; }

  /// A number of the table's unit in the caller's.
  double to_input(double value) const { return std::ldexp(value, exponent_); }
  Vector to_input(const Vector& values) const { return times_power_of_two(values, exponent_); }
  Vector to_table(const Vector& values) const { return times_power_of_two(values, -exponent_); }

  Certificate to_input(Certificate certificate) const {
    for (double* value :
         {&certificate.primal, &certificate.dual, &certificate.lower_bound, &certificate.upper_bound,
          &certificate.distance, &certificate.distance_lower, &certificate.distance_upper, &certificate.cost_scale}) {
      *value = to_input(*value);
    }
    return certificate;
  }

 private:
  static int exponent_of(const CostMatrix& costs) {
    constexpr int largest_exponent = 950;
    const double largest = costs.unaryExpr([](double c) { return std::isfinite(c) ? std::abs(c) : 0.0; }).maxCoeff();
    if (largest == 0.0) return 0;
    const int exponent = std::ilogb(largest);
    return exponent - std::clamp(exponent, -largest_exponent, largest_exponent);  // No more than needed.
  }

  int exponent_;
  Points copy_;
  std::optional<CostMatrix> table_;
};

BalancedWeights checked_weights(const CostMatrix& costs, const Vector& a, const Vector& b, bool normalize) {
  check_costs(costs);
  const double supplied = checked_mass("a", a, costs.rows());
  const double demanded = checked_mass("b", b, costs.cols());
  return balance(a, supplied, b, demanded, normalize);
}

}  // namespace

void validate(const CostMatrixOptions& options) { check_time_and_threads(options.time_limit, options.threads); }

CostMatrixSolution solve_cost_matrix(const CostMatrix& given, const Vector& a, const Vector& b,
                                     const CostMatrixOptions& options) {
  validate(options);
  check_start(options.start, given.rows(), given.cols());
  const BalancedWeights weights = checked_weights(given, a, b, options.normalize);
  RunControl control(options.monitor, options.time_limit, options.threads);
  const ScaledTable scaled(given);
  const CostMatrix& costs = scaled.costs();

  PreparedMasses masses(a, b, weights.mass);
  const bool all_have_mass = masses.sources().are_all() && masses.targets().are_all();
  const Points selected = all_have_mass ? Points() : Points(costs(masses.sources(), masses.targets()));
  table::TableProblem problem{all_have_mass ? costs : CostMatrix(selected),
                              masses.take_supply(),
                              masses.take_demand(),
                              {},
                              {},
                              masses.sources().listed()};
  if (options.start.plan) problem.start_plan = masses.to_shipments(*options.start.plan);
  if (options.start.potentials) {
    problem.start_psi = scaled.to_table(select_entries(options.start.potentials->psi, masses.targets()));
  }

  CostMatrixSolution solution;
  solution.stats.engine = "table";
  solution.stats.threads = control.threads();
  const engines::EngineResult result = table::solve_table(problem, control, solution.stats);

  Progress judging;
  judging.phase = "certificate";
  control.report(judging);
  const ExactWeights exact(a, b, options.normalize);
  solution.plan = masses.to_plan(result.shipments);
  set_exact_masses(solution.plan, exact);
  const Potentials potentials =
      table::canonical_potentials(costs, masses.to_all_targets(result.psi), weights, control.threads());
  solution.certificate =
      scaled.to_input(table::judge(costs, weights, exact, solution.plan, potentials, control.threads()));
  solution.certificate.mass_rounding = masses.rounding();
  solution.potentials = {scaled.to_input(potentials.phi), scaled.to_input(potentials.psi)};
  solution.cost = solution.certificate.primal;
  solution.termination = terminate(solution.certificate, result.finished, control);
  solution.stats.seconds = control.seconds();
  return solution;
}

Certificate certify_cost_matrix(const CostMatrix& given, const Vector& a, const Vector& b, const TransportPlan& plan,
                                const Potentials& potentials, bool normalize, int threads) {
  const BalancedWeights weights = checked_weights(given, a, b, normalize);
  check_plan("plan", plan, given.rows(), given.cols());
  check_potential("phi", potentials.phi, given.rows());
  check_potential("psi", potentials.psi, given.cols());
  const ScaledTable scaled(given);
  const Potentials in_table{scaled.to_table(potentials.phi), scaled.to_table(potentials.psi)};
  return scaled.to_input(
      table::judge(scaled.costs(), weights, ExactWeights(a, b, normalize), plan, in_table, thread_count(threads)));
}

}  // namespace brenier
