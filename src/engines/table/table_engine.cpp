#include "engines/table/table_engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engines/table/forbidden.hpp"
#include "search/table/table_search.hpp"
#include "search/table/table_transform.hpp"
#include "simplex/candidate_arcs.hpp"
#include "simplex/rounds.hpp"

namespace brenier::table {
namespace {

using search::PricedTarget;
using simplex::CandidateArcs;
using simplex::Flow;
using simplex::Node;
using simplex::Tolerance;
using simplex::Violators;

/// Candidates of a row at the start, and at most as many more a round.
constexpr std::size_t candidates_per_row = 12;

class TableSolver final : private simplex::PairSearch {
 public:
  /// @param psi where to start from, one entry a column.
  TableSolver(const TableProblem& problem, Vector psi, RunControl& control)
      : costs_(problem.costs),
        problem_(problem),
        control_(control),
        psi_(std::move(psi)),
        arcs_(static_cast<Node>(costs_.rows())) {}

  engines::EngineResult solve(SolveStats& stats);

 private:
  double cost(Node source, Node target) const override { return costs_(source, target); }
  Violators add_violators(const Vector& phi, const Vector& psi, const Tolerance& tolerance,
                          CandidateArcs& arcs) override;
  void add_pairs(const RowPairs& pairs, CandidateArcs& arcs) const;
  std::vector<Flow> greedy_plan(const RowPairs& pairs) const;
  std::vector<Flow> first_plan(const RowPairs& pairs) const;
  std::vector<Flow> first_allowed_plan() const;

  const CostMatrix& costs_;
  const TableProblem& problem_;
  RunControl& control_;
  Vector psi_;
  CandidateArcs arcs_;
};

void TableSolver::add_pairs(const RowPairs& pairs, CandidateArcs& arcs) const {
  std::vector<Index> first{0};
  std::vector<CandidateArcs::Arc> added;
  for (Index i = 0; i < costs_.rows(); ++i) {
    for (const PricedTarget& pair : pairs[static_cast<std::size_t>(i)]) {
      added.push_back({static_cast<Node>(costs_.rows() + pair.target), costs_(i, pair.target)});
    }
    first.push_back(static_cast<Index>(added.size()));
  }
  arcs.merge(first, added);
}

Violators TableSolver::add_violators(const Vector& phi, const Vector& psi, const Tolerance& tolerance,
                                     CandidateArcs& arcs) {
  const RowPairs violated = cheapest_pairs(
      costs_, psi, candidates_per_row, control_.threads(), [&](Index i) { return phi[i] - tolerance.least(phi[i]); },
      [&](Index i, Index j, double price) { return phi[i] - price > tolerance.of(costs_(i, j), phi[i], psi[j]); });
  Violators violators;
  for (Index i = 0; i < costs_.rows(); ++i) {
    const std::vector<PricedTarget>& row = violated[static_cast<std::size_t>(i)];
    violators.sources += row.empty() ? 0 : 1;
    violators.arcs += static_cast<Index>(row.size());
    for (const PricedTarget& pair : row) {
      const double unit = Tolerance{0.0, 1.0}.of(costs_(i, pair.target), phi[i], psi[pair.target]);
      violators.worst_units = std::max(violators.worst_units, (phi[i] - pair.value) / unit);
    }
  }
  add_pairs(violated, arcs);
  return violators;
}

/// A start where the greedy one uses forbidden pairs.
std::vector<Flow> TableSolver::first_allowed_plan() const {
  std::vector<Flow> plan;
  for (const Shipment& shipment : allowed_plan(problem_, control_)) {
    plan.push_back({static_cast<Node>(shipment.source), static_cast<Node>(shipment.target), shipment.units});
  }
  std::sort(plan.begin(), plan.end());
  return plan;
}

/// Each row in turn ships to its cheapest candidates what these still want; the rest follows the north-west corner.
std::vector<Flow> TableSolver::greedy_plan(const RowPairs& pairs) const {
  std::vector<std::int64_t> supply = problem_.supply, demand = problem_.demand;
  std::vector<Flow> plan;
  for (Node i = 0; i < static_cast<Node>(costs_.rows()); ++i) {
    std::int64_t& left = supply[static_cast<std::size_t>(i)];
    for (const PricedTarget& pair : pairs[static_cast<std::size_t>(i)]) {
      std::int64_t& wanted = demand[static_cast<std::size_t>(pair.target)];
      const std::int64_t units = std::min(left, wanted);
      if (units == 0) continue;
      plan.push_back({i, static_cast<Node>(pair.target), units});
      left -= units;
      wanted -= units;
    }
  }
  simplex::complete(plan, supply, demand);
  return plan;
}

/// A plan to start from that uses no forbidden pair.
std::vector<Flow> TableSolver::first_plan(const RowPairs& pairs) const {
  std::vector<Flow> plan = problem_.start_plan.empty()
                               ? greedy_plan(pairs)
                               : simplex::fitted_plan(problem_.start_plan, problem_.supply, problem_.demand);
  const auto is_allowed = [this](const Flow& flow) { return std::isfinite(costs_(flow.source, flow.target)); };
  return std::all_of(plan.begin(), plan.end(), is_allowed) ? plan : first_allowed_plan();
}

engines::EngineResult TableSolver::solve(SolveStats& stats) {
  const RowPairs first = cheapest_pairs(costs_, psi_, candidates_per_row, control_.threads());
  add_pairs(first, arcs_);
  std::vector<Flow> plan = first_plan(first);
  Vector phi(costs_.rows());
  // A row without an allowed pair has no plan, and has been refused.
  for (Index i = 0; i < phi.size(); ++i) phi[i] = first[static_cast<std::size_t>(i)].front().value;

  simplex::Rounds rounds(*this, arcs_, control_);
  engines::EngineResult result;
  result.finished = rounds.solve(simplex::Schedule(), simplex::Rounds::Report(), plan, phi, psi_);
  stats.pivots = rounds.pivots();
  stats.rounds = rounds.rounds();
  for (const Flow& flow : plan) result.shipments.push_back({flow.source, flow.target, flow.units});
  result.psi = std::move(psi_);
  return result;
}

/// Rows and columns, of which one in so many stands for its neighbours in the table.
constexpr Index stride = 2;

/// With fewer rows or columns the first candidates are good enough from anywhere.
constexpr Index small_side = 64;

/// Zero where a row or column has no allowed pair.
Vector finite_or_zero(Vector values) {
  return values.unaryExpr([](double value) { return std::isfinite(value) ? value : 0.0; });
}

/// Sums of `stride` masses after one another.
std::vector<std::int64_t> gathered(const std::vector<std::int64_t>& masses) {
  std::vector<std::int64_t> sums((masses.size() + stride - 1) / stride, 0);
  for (std::size_t k = 0; k < masses.size(); ++k) sums[k / stride] += masses[k];
  return sums;
}

/// A potential on the columns that is about right: that of the table of every second row and column, which is solved in
/// the same way, carried over to all columns by two transforms.
Vector predicted_potential(const TableProblem& problem, RunControl& control) {
  const CostMatrix& costs = problem.costs;
  const int threads = control.threads();
  if (std::min(costs.rows(), costs.cols()) < small_side || has_forbidden_pairs(costs) || control.stop()) {
    const Vector phi = finite_or_zero(transform_rows(costs, Vector::Zero(costs.cols()), threads).value);
    return finite_or_zero(transform_columns(costs, phi, threads));
  }
  const auto every_row = Eigen::seq(0, costs.rows() - 1, stride),
             every_column = Eigen::seq(0, costs.cols() - 1, stride);
  const Points coarse = costs(every_row, every_column);
  const TableProblem smaller{coarse, gathered(problem.supply), gathered(problem.demand), {}, {}, {}};
  SolveStats unseen;
  const Vector coarse_psi = solve_table(smaller, control, unseen).psi;
  Vector psi = Vector::Constant(costs.cols(), -std::numeric_limits<double>::infinity());
  psi(every_column) = coarse_psi;
  return transform_columns(costs, transform_rows(costs, psi, threads).value, threads);
}

}  // namespace

engines::EngineResult solve_table(const TableProblem& problem, RunControl& control, SolveStats& stats) {
  Vector psi = problem.start_psi.size() > 0 ? problem.start_psi : predicted_potential(problem, control);
  return TableSolver(problem, std::move(psi), control).solve(stats);
}

}  // namespace brenier::table
