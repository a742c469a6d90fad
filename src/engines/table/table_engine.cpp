#include "engines/table/table_engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "engines/multiscale/start.hpp"
#include "engines/table/forbidden.hpp"
#include "search/table/table_transform.hpp"
#include "search/target_search.hpp"
#include "simplex/candidate_arcs.hpp"
#include "simplex/nested_blocks.hpp"
#include "simplex/network_simplex.hpp"
#include "simplex/rounding.hpp"

namespace brenier::table {
namespace {

using search::PricedTarget;
using simplex::CandidateArcs;
using simplex::Flow;
using simplex::NestedBlocks;
using simplex::NetworkSimplex;
using simplex::Node;
using simplex::RoundingUnits;
using simplex::Tolerance;

/// Candidates of a row at the start, and at most as many more a round.
constexpr std::size_t candidates_per_row = 12;

class TableSolver {
 public:
  /// @param psi where to start from, one entry a column.
  TableSolver(const TableProblem& problem, Vector psi, RunControl& control)
      : costs_(problem.costs),
        problem_(problem),
        control_(control),
        rows_(static_cast<Node>(problem.costs.rows())),
        columns_(static_cast<Node>(problem.costs.cols())),
        psi_(std::move(psi)),
        arcs_(rows_),
        simplex_(rows_, columns_) {}

  engines::EngineResult solve(SolveStats& stats);

 private:
  /// What violates φ + ψ ≤ c beyond a bound of each row: the worst few pairs of every row, sorted.
  using RowPairs = std::vector<std::vector<PricedTarget>>;

  template <class Takes>
  void keep_cheapest(Node i, double limit, std::vector<PricedTarget>& row, const Takes& takes) const;
  RowPairs cheapest_pairs() const;
  RowPairs violated_pairs(const Tolerance& tolerance) const;
  void add_candidates(const RowPairs& pairs);
  std::vector<Flow> greedy_plan(const RowPairs& pairs) const;
  std::vector<Flow> first_allowed_plan() const;

  const CostMatrix& costs_;
  const TableProblem& problem_;
  RunControl& control_;
  Node rows_;
  Node columns_;
  Vector phi_;
  Vector psi_;
  std::vector<Flow> plan_;
  CandidateArcs arcs_;
  NetworkSimplex simplex_;
  RoundingUnits rounding_;
};

/// Fills a row with its cheapest pairs below `limit` of those that `takes(j, price)`, sorted.
template <class Takes>
void TableSolver::keep_cheapest(Node i, double limit, std::vector<PricedTarget>& row, const Takes& takes) const {
  // A heap of the cheapest so far, the dearest of them on top.
  for (Node j = 0; j < columns_; ++j) {
    const PricedTarget pair{costs_(i, j) - psi_[j], j};
    if (!(pair.value < limit) || !takes(j, pair.value)) continue;
    if (row.size() == candidates_per_row) {
      std::pop_heap(row.begin(), row.end());
      row.pop_back();
    }
    row.push_back(pair);
    std::push_heap(row.begin(), row.end());
    if (row.size() == candidates_per_row) limit = row.front().value;
  }
  std::sort_heap(row.begin(), row.end());
}

TableSolver::RowPairs TableSolver::cheapest_pairs() const {
  RowPairs pairs(static_cast<std::size_t>(rows_));
  ParallelErrors errors;
#pragma omp parallel for schedule(dynamic, 64) \
    num_threads(worthwhile_threads(control_.threads(), static_cast <double>(costs_.size())))
  for (Node i = 0; i < rows_; ++i) {
    errors.run([&] {
      keep_cheapest(i, std::numeric_limits<double>::infinity(), pairs[static_cast<std::size_t>(i)],
                    [](Node, double) { return true; });
    });
  }
  errors.rethrow();
  return pairs;
}

void TableSolver::add_candidates(const RowPairs& pairs) {
  std::vector<Index> first{0};
  std::vector<CandidateArcs::Arc> arcs;
  for (Node i = 0; i < rows_; ++i) {
    for (const PricedTarget& pair : pairs[static_cast<std::size_t>(i)]) {
      arcs.push_back({static_cast<Node>(rows_ + pair.target), costs_(i, pair.target)});
    }
    first.push_back(static_cast<Index>(arcs.size()));
  }
  arcs_.merge(first, arcs);
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
  for (Node i = 0; i < rows_; ++i) {
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
  const bool is_allowed = std::all_of(
      plan.begin(), plan.end(), [this](const Flow& flow) { return std::isfinite(costs_(flow.source, flow.target)); });
  return is_allowed ? plan : first_allowed_plan();
}

/// The worst few pairs of every row that are violated beyond their own rounding.
TableSolver::RowPairs TableSolver::violated_pairs(const Tolerance& tolerance) const {
  RowPairs pairs(static_cast<std::size_t>(rows_));
  ParallelErrors errors;
#pragma omp parallel for schedule(dynamic, 64) \
    num_threads(worthwhile_threads(control_.threads(), static_cast <double>(costs_.size())))
  for (Node i = 0; i < rows_; ++i) {
    const double least = phi_[i] - tolerance.least(phi_[i]);
    const auto is_violated = [&](Node j, double price) {
      return phi_[i] - price > tolerance.of(costs_(i, j), phi_[i], psi_[j]);
    };
    errors.run([&] { keep_cheapest(i, least, pairs[static_cast<std::size_t>(i)], is_violated); });
  }
  errors.rethrow();
  return pairs;
}

engines::EngineResult TableSolver::solve(SolveStats& stats) {
  const RowPairs first = cheapest_pairs();
  phi_.resize(rows_);
  add_candidates(first);
  plan_ = greedy_plan(first);
  // A row without an allowed pair has no plan, and has been refused.
  for (Node i = 0; i < rows_; ++i) phi_[i] = first[static_cast<std::size_t>(i)].front().value;
  const double level = simplex::level_of(psi_);
  phi_.array() += level;
  psi_.array() -= level;
  simplex_.set_potentials(phi_, psi_);

  NestedBlocks nested(simplex_, arcs_, control_);
  engines::EngineResult result;
  for (int round = 1;; ++round) {
    const Tolerance tolerance{0.0, rounding_.units()};
    Progress progress;
    progress.phase = "simplex";
    progress.round = round;
    control_.report(progress);
    // Half of it, so that an arc that was made good cannot count as violated by rounding alone.
    if (round == 1) {
      nested.optimize(plan_, costs_, tolerance.half());
    } else {
      nested.reoptimize(plan_, tolerance.half());
    }
    simplex_.recompute_potentials();
    simplex_.read_potentials(phi_, psi_);
    stats.pivots = nested.pivots();
    stats.rounds = round;
    if (control_.stop()) break;

    progress.phase = "search";
    control_.report(progress);
    const RowPairs violated = violated_pairs(tolerance);
    Index found = 0;
    double worst_units = 0.0;
    progress.violators = 0;
    for (Node i = 0; i < rows_; ++i) {
      const auto& row = violated[static_cast<std::size_t>(i)];
      if (row.empty()) continue;
      ++progress.violators;
      found += static_cast<Index>(row.size());
      for (const PricedTarget& pair : row) {
        const double unit = Tolerance{0.0, 1.0}.of(costs_(i, pair.target), phi_[i], psi_[pair.target]);
        worst_units = std::max(worst_units, (phi_[i] - pair.value) / unit);
      }
    }
    control_.report(progress);
    result.finished = found == 0;
    if (result.finished || control_.stop()) break;
    rounding_.review(found, worst_units);
    result.finished = rounding_.is_stuck();
    if (result.finished) break;
    add_candidates(violated);
  }
  for (const Flow& flow : plan_) result.shipments.push_back({flow.source, flow.target, flow.units});
  result.psi = psi_;
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
  const TableProblem smaller{coarse, gathered(problem.supply), gathered(problem.demand), {}, {}};
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
