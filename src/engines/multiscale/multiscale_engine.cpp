#include "engines/multiscale/multiscale_engine.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "engines/auction/auction.hpp"
#include "engines/auction/remembered_targets.hpp"
#include "engines/multiscale/level_solver.hpp"
#include "engines/multiscale/prolongation.hpp"
#include "engines/multiscale/start.hpp"
#include "numeric/in_sequence.hpp"
#include "numeric/rows.hpp"
#include "problem/integer_masses.hpp"
#include "problem/kd_order.hpp"

namespace brenier::engines::multiscale {

namespace {

/// The coarsest level has 2^this clusters a side, few enough to look at all their pairs.
constexpr int coarsest_level = 5;

/// The cloud of a level: its own, or the points themselves at the finest, which are not copied.
using LevelCloud = std::shared_ptr<const OrderedCloud>;

LevelCloud level_cloud(const OrderedCloud& finest, int level, int threads) {
  if (level_size(finest.size(), level) == finest.size()) return LevelCloud(LevelCloud(), &finest);
  return std::make_shared<OrderedCloud>(make_level(finest, level, threads));
}

using Prove = std::function<double(const Vector& phi, const Vector& psi)>;

/// What goes down from one level to the next.
struct LevelState {
  LevelCloud sources;
  LevelCloud targets;
  std::vector<simplex::Flow> plan;
  Vector phi;
  Vector psi;
};

/// ψ on finer targets: the c-transform of φ over the coarser sources.
Vector extend_potential(int order, const Points& coarse_sources, const Vector& phi, const Points& targets,
                        int threads) {
  const auto extension = search::make_search_in_kd_order(order, coarse_sources, threads);
  extension->set_potential(phi);
  Vector psi;
  std::vector<Index> minimizer;
  extension->c_transform(targets, psi, minimizer);
  return psi;
}

int finest_level(Index largest) {
  int level = 0;
  while ((Index{1} << level) < largest) ++level;
  return level;
}

/// One solve: both clouds in kd order, and the way down through the levels.
class Descent {
 public:
  /// @param prove as engines::Problem has it, for potentials in kd order.
  Descent(const Problem& problem, const OrderedCloud& sources, const OrderedCloud& targets, search::MatrixView table,
          Prove prove, RunControl& control, SolveStats& stats)
      : problem_(problem),
        sources_(sources),
        targets_(targets),
        table_(std::move(table)),
        prove_(std::move(prove)),
        control_(control),
        stats_(stats),
        last_(finest_level(std::max(sources.size(), targets.size()))),
        first_(std::min(coarsest_level, last_)) {}

  /// From the coarsest level to the finest. False when stopped on the way; the plan is then feasible all the same.
  bool run(const Start& start) {
    stats_.levels = last_ - first_ + 1;
    for (int level = first_; level < last_; ++level) {
      if (!descend(level, Start())) return finish_stopped(level);
    }
    return descend(last_, start);
  }

  /// The finest level alone, from a plan and potentials that are thought to be nearly optimal.
  bool run_warm(Start start) {
    stats_.levels = 1;
    enter_level(last_);
    LevelSolver solver(problem_.order, *state_.sources, *state_.targets, control_, table_);
    Vector phi = tight_potential(problem_.order, sources_, targets_, start.plan, start.psi);
    solver.trust(std::move(phi), std::move(start.psi));
    solver.add_candidates(start.plan);
    return solve_level(solver, std::move(start.plan), last_);
  }

  /// The finest level alone, from an auction: what `start` has takes the place of its outcome.
  bool run_dense(Start start) {
    stats_.engine = "auction";
    stats_.levels = 1;
    Progress progress;
    progress.phase = "auction";
    progress.levels = 1;
    control_.report(progress);
    auction::AuctionResult sold =
        auction::hold_auction(problem_.order, sources_, targets_, table_, problem_.cost_scale, control_);
    enter_level(last_);
    LevelSolver solver(problem_.order, *state_.sources, *state_.targets, control_, table_);
    solver.choose_candidates(start.psi.size() > 0 ? std::move(start.psi) : std::move(sold.psi),
                             LevelSolver::candidates_per_source);
    std::vector<simplex::Flow> plan = start.plan.empty() ? std::move(sold.plan) : std::move(start.plan);
    solver.add_candidates(plan);
    return solve_level(solver, std::move(plan), last_);
  }

  const LevelState& state() const { return state_; }

 private:
  void enter_level(int level) {
    state_.sources = level_cloud(sources_, level, control_.threads());
    state_.targets = level_cloud(targets_, level, control_.threads());
  }

  /// In the plane mass has to move far now and then, and for p = 1 it can go many ways at the same cost: an auction is
  /// slower than the simplex then.
  bool suits_auction() const {
    return problem_.order == 2 && sources_.points.cols() > 2 &&
           are_equal_masses(state_.sources->mass, state_.targets->mass);
  }

  /// Goes down to `level` and solves it. What `start` has takes the place of what is prolonged.
  bool descend(int level, const Start& start) {
    LevelState coarse = std::move(state_);
    enter_level(level);
    LevelSolver solver(problem_.order, *state_.sources, *state_.targets, control_,
                       level == last_ ? table_ : search::MatrixView());
    std::vector<simplex::Flow> plan;
    if (level == first_) {
      Vector psi = start.psi.size() > 0 ? start.psi : Vector::Zero(state_.targets->size());
      solver.choose_candidates(std::move(psi), static_cast<int>(state_.targets->size()));
      plan = simplex::corner_plan(state_.sources->mass, state_.targets->mass);
    } else {
      Vector psi = start.psi.size() > 0 ? start.psi
                                        : extend_potential(problem_.order, coarse.sources->points, coarse.phi,
                                                           state_.targets->points, control_.threads());
      solver.choose_candidates(std::move(psi), LevelSolver::candidates_per_source);
      plan = prolong_plan(problem_.order, coarse.plan, level - 1, sources_.size(), targets_.size(), *state_.sources,
                          *state_.targets, solver.phi(), solver.psi());
      coarse = LevelState();  // Room for the simplex.
    }
    if (!start.plan.empty()) plan = start.plan;
    solver.add_candidates(plan);
    if (level > first_ && start.plan.empty() && suits_auction()) solver.match_candidates(plan);
    return solve_level(solver, std::move(plan), level);
  }

  bool solve_level(LevelSolver& solver, std::vector<simplex::Flow> plan, int level) {
    simplex::Rounds::Report report;
    report.progress.level = level - first_;
    report.progress.levels = last_ - first_ + 1;
    if (level == last_) report.prove = prove_;
    const bool finished = solver.solve(std::move(plan), level == last_, report);
    stats_.pivots += solver.pivots();
    stats_.rounds += solver.rounds();
    stats_.search = solver.search();
    state_.plan = solver.take_plan();
    state_.phi = solver.phi();
    state_.psi = solver.psi();
    return finished;
  }

  /// Hands the plan of a level that was stopped down to the points, and its potential by one c-transform.
  bool finish_stopped(int level) {
    Vector phi = state_.phi;
    const LevelCloud stopped_sources = state_.sources;
    for (++level; level <= last_; ++level) {
      enter_level(level);
      state_.plan =
          prolong_plan(problem_.order, state_.plan, level - 1, sources_.size(), targets_.size(), *state_.sources,
                       *state_.targets, Vector::Zero(state_.sources->size()), Vector::Zero(state_.targets->size()));
    }
    state_.psi = extend_potential(problem_.order, stopped_sources->points, phi, targets_.points, control_.threads());
    return false;
  }

  const Problem& problem_;
  const OrderedCloud& sources_;
  const OrderedCloud& targets_;
  search::MatrixView table_;  ///< Of the finest level.
  Prove prove_;
  RunControl& control_;
  SolveStats& stats_;
  int last_;
  int first_;
  LevelState state_;
};

OrderedCloud in_order(const Points& points, const std::vector<std::int64_t>& mass,
                      const std::vector<simplex::Node>& order) {
  OrderedCloud cloud;
  cloud.points.resize(points.rows(), points.cols());
  cloud.mass.resize(mass.size());
  for (Index k = 0; k < points.rows(); ++k) {
    const simplex::Node original = order[static_cast<std::size_t>(k)];
    cloud.points.row(k) = points.row(original);
    cloud.mass[static_cast<std::size_t>(k)] = mass[static_cast<std::size_t>(original)];
  }
  return cloud;
}

/// The same table for points in another order.
search::MatrixView in_order(search::MatrixView table, const std::vector<simplex::Node>& source_order,
                            const std::vector<simplex::Node>& target_order) {
  if (table.costs == nullptr) return table;
  const auto permuted = [](const std::vector<Index>& places, const std::vector<simplex::Node>& order) {
    std::vector<Index> result;
    result.reserve(order.size());
    for (const simplex::Node original : order) {
      result.push_back(places.empty() ? Index{original} : places[static_cast<std::size_t>(original)]);
    }
    return result;
  };
  table.query_rows = permuted(table.query_rows, source_order);
  table.target_columns = permuted(table.target_columns, target_order);
  return table;
}

}  // namespace

double MultiscaleEngine::memory_estimate(Index sources, Index targets, Index dimension) const {
  // Candidate arcs of 12 bytes, twice while they grow; forest, plan, potentials, orders; clouds, a level, two trees or,
  // where all pairs are looked at, what the sources of an auction remember.
  const double arcs = 2.0 * 12.0 * (LevelSolver::candidates_per_source + 4) * static_cast<double>(sources);
  const double nodes = 160.0 * static_cast<double>(sources + targets);
  const bool dense = search::wants_matrix(dimension);
  const double clouds = (dense ? 24.0 : 64.0) * static_cast<double>(sources + targets) * static_cast<double>(dimension);
  const double remembered =
      dense ? auction::RememberedTargets::bytes_each * auction::RememberedTargets::most * static_cast<double>(sources)
            : 0.0;
  return arcs + nodes + clouds + remembered;
}

EngineResult MultiscaleEngine::solve(Problem problem, RunControl& control, SolveStats& stats) const {
  const Index n = problem.sources.rows(), m = problem.targets.rows();
  if (n + m > std::numeric_limits<simplex::Node>::max()) {
    throw std::length_error("the multiscale engine numbers its nodes with 32 bits: " + std::to_string(n + m) +
                            " points with mass are more than " +
                            std::to_string(std::numeric_limits<simplex::Node>::max()));
  }
  // In high dimension a cell of a kd-tree is no neighbourhood, and an auction needs no order.
  const bool by_auction = problem.table.costs != nullptr && are_equal_masses(problem.supply, problem.demand);
  const auto order_of = [&](const Points& points) {
    const std::vector<Index> order = by_auction ? in_sequence(points.rows()) : kd_order(points, control.threads());
    return std::vector<simplex::Node>(order.begin(), order.end());
  };
  const std::vector<simplex::Node> source_order = order_of(problem.sources), target_order = order_of(problem.targets);
  const OrderedCloud sources = in_order(problem.sources, problem.supply, source_order);
  const OrderedCloud targets = in_order(problem.targets, problem.demand, target_order);

  Start start = order_start(problem, source_order, target_order);
  // Room for the descent, which has them in order.
  problem.sources.resize(0, 0);
  problem.targets.resize(0, 0);
  std::vector<std::int64_t>().swap(problem.supply);
  std::vector<std::int64_t>().swap(problem.demand);
  Prove prove;
  if (problem.prove) {
    prove = [&](const Vector& phi, const Vector& psi) {
      return problem.prove(put_entries(phi, source_order), put_entries(psi, target_order));
    };
  }
  Descent descent(problem, sources, targets, in_order(problem.table, source_order, target_order), std::move(prove),
                  control, stats);
  EngineResult result;
  if (start.is_complete()) {
    result.finished = descent.run_warm(std::move(start));
  } else if (by_auction) {
    result.finished = descent.run_dense(std::move(start));
  } else {
    result.finished = descent.run(start);
  }

  result.psi = put_entries(descent.state().psi, target_order);
  result.shipments.reserve(descent.state().plan.size());
  for (const simplex::Flow& flow : descent.state().plan) {
    result.shipments.push_back({source_order[static_cast<std::size_t>(flow.source)],
                                target_order[static_cast<std::size_t>(flow.target)], flow.units});
  }
  return result;
}

}  // namespace brenier::engines::multiscale
