#include "brenier/cost_matrix.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "balanced_weights.hpp"
#include "cost_matrix/table_engine.hpp"
#include "cost_matrix/table_judge.hpp"
#include "massive_rows.hpp"
#include "message.hpp"
#include "quantize.hpp"
#include "rows.hpp"
#include "run_control.hpp"
#include "shape_checks.hpp"
#include "termination.hpp"

namespace brenier {
namespace {

/// Sums of millions of costs of this size, and their relative rounding, are within a double's range.
constexpr double largest_cost = 1e290, smallest_range = 1e-280;

void check_costs(const CostMatrix& costs) {
  if (costs.size() == 0) throw std::invalid_argument("costs: the table is empty, at least one entry is needed");
  check_finite("costs", costs);
  const double largest = costs.cwiseAbs().maxCoeff();
  if (largest > largest_cost || (largest > 0.0 && largest < smallest_range)) {
    throw std::invalid_argument(
        message("costs: the largest is ", largest, ", expected 0 or between 1e-280 and 1e290; choose another unit"));
  }
}

BalancedWeights checked_weights(const CostMatrix& costs, const Vector& a, const Vector& b, bool normalize) {
  check_costs(costs);
  const double supplied = checked_mass("a", a, costs.rows());
  const double demanded = checked_mass("b", b, costs.cols());
  return balance(a, supplied, b, demanded, normalize);
}

void check(const CostMatrixOptions& options, Index columns) {
  check_time_and_threads(options.time_limit, options.threads);
  if (options.start_psi != nullptr) check_potential("start_psi", *options.start_psi, columns);
}

}  // namespace

CostMatrixSolution solve_cost_matrix(const CostMatrix& costs, const Vector& a, const Vector& b,
                                     const CostMatrixOptions& options) {
  check(options, costs.cols());
  const BalancedWeights weights = checked_weights(costs, a, b, options.normalize);
  RunControl control(options.monitor, options.time_limit, options.threads);

  QuantizedMasses masses = quantize(a, b);
  const MassiveRows rows(masses.supply), columns(masses.demand);
  const bool all_massive = rows.are_all() && columns.are_all();
  const Points selected = all_massive ? Points() : Points(costs(rows, columns));  // Where there is mass.
  const double unit_mass = weights.mass / static_cast<double>(masses.total);
  cost_matrix::TableProblem problem{
      all_massive ? costs : CostMatrix(selected), rows.select_units(std::move(masses.supply)),
      columns.select_units(std::move(masses.demand)),
      options.start_psi == nullptr ? Vector() : select_entries(*options.start_psi, columns)};

  CostMatrixSolution solution;
  solution.stats.engine = "table";
  solution.stats.threads = control.threads();
  const engines::EngineResult result = cost_matrix::solve_table(problem, control, solution.stats);

  Progress judging;
  judging.phase = "certificate";
  control.report(judging);
  solution.plan = to_plan(result.shipments, rows, columns, costs.rows(), costs.cols(), unit_mass);
  solution.potentials =
      cost_matrix::canonical_potentials(costs, scatter(result.psi, columns, costs.cols()), weights, control.threads());
  solution.certificate = cost_matrix::judge(costs, weights, solution.plan, solution.potentials, control.threads());
  solution.certificate.mass_rounding = masses.rounding;
  solution.cost = solution.certificate.primal;
  solution.termination = terminate(solution.certificate, result.finished, control);
  solution.stats.seconds = control.seconds();
  return solution;
}

Certificate certify_cost_matrix(const CostMatrix& costs, const Vector& a, const Vector& b, const TransportPlan& plan,
                                const Potentials& potentials, bool normalize, int threads) {
  const BalancedWeights weights = checked_weights(costs, a, b, normalize);
  check_plan("plan", plan, costs.rows(), costs.cols());
  check_potential("phi", potentials.phi, costs.rows());
  check_potential("psi", potentials.psi, costs.cols());
  return cost_matrix::judge(costs, weights, plan, potentials, thread_count(threads));
}

}  // namespace brenier
