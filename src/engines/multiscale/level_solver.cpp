#include "engines/multiscale/level_solver.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "engines/auction/candidate_auction.hpp"
#include "search/exact_prices.hpp"

namespace brenier::engines::multiscale {

namespace {

/// Queries that are priced at a time: bounds the memory of the answers and the time until a stop is noticed.
constexpr Index query_chunk = 32768;

/// Targets of one source that are looked at, at most, to find those that are violated beyond their own rounding.
constexpr int most_found = 256;

/// How a level goes about its rounds; tolerances are measured by its spread.
///
/// For p = 1 all targets along a ray cost nearly the same and the prolonged potentials cannot tell them apart: the
/// first candidates are poor, and the tolerance falls by and by. For p = 2 they are nearly right and every round is
/// exact. Levels other than the finest only serve to predict the next one and stop at a tenth of their own error: to
/// stop at its full size costs more than it saves, for what small blocks leave adds up in large ones, where a pivot is
/// dear. Most of what a round has to repair lies in a few places: only the first rounds build the forest anew.
simplex::Schedule schedule_of(int order, double spread, bool exact) {
  const double last = exact ? 0.0 : 0.1 * spread;
  if (order == 1) return {3.0 * spread, 1e-3 * spread, last, exact, 0.35, 4};
  return {0.0, 0.0, last, exact, 1.0, 16};
}

}  // namespace

LevelSolver::LevelSolver(int order, const OrderedCloud& sources, const OrderedCloud& targets, RunControl& control,
                         search::MatrixView table)
    : cost_(order),
      sources_(sources),
      targets_(targets),
      control_(control),
      search_(search::make_search_in_kd_order(order, targets.points, control.threads(), std::move(table))),
      arcs_(static_cast<simplex::Node>(sources.size())),
      rounds_(*this, arcs_, control) {}

void LevelSolver::choose_candidates(Vector psi, int per_source) {
  psi_ = std::move(psi);
  phi_ = Vector::Constant(sources_.size(), std::numeric_limits<double>::infinity());
  // Room for the plan's arcs and what the rounds add: memory is taken only where it is written to, but to grow takes it
  // twice.
  arcs_.reserve(sources_.size() * (per_source + candidates_per_source / 2));
  search_->set_potential(psi_);
  const Index n = sources_.size();
  search::BestTargets best;
  std::vector<double> costs(static_cast<std::size_t>(per_source));
  simplex::CandidateArcs::Builder builder(arcs_);
  for (Index first = 0; first < n; first += query_chunk) {
    const Index queries = std::min(query_chunk, n - first);
    search_->best_targets(sources_.points, first, queries, phi_, per_source, best);
    for (Index r = 0; r < queries; ++r) {
      const search::PricedTarget* found = best.found.data() + r * per_source;
      const int count = best.count[static_cast<std::size_t>(r)];
      phi_[first + r] = found->value;
      costs_of(first + r, found, count, costs.data());
      for (int k = 0; k < count; ++k) {
        builder.add({static_cast<simplex::Node>(n + found[k].target), costs[static_cast<std::size_t>(k)]});
        spread_ += (found[k].value - found->value) / static_cast<double>(n * per_source);
      }
      builder.next_source();
    }
  }
}

void LevelSolver::match_candidates(std::vector<simplex::Flow>& plan) {
  const auto n = static_cast<simplex::Node>(sources_.size());
  std::vector<simplex::Node> partner;
  if (!auction::match_by_auction(arcs_, n, spread_, psi_, partner, control_)) return;
  plan.clear();
  for (simplex::Node i = 0; i < n; ++i) {
    plan.push_back({i, partner[static_cast<std::size_t>(i)], sources_.mass[static_cast<std::size_t>(i)]});
    phi_[i] = std::numeric_limits<double>::infinity();
    for (Index arc = arcs_.begin(i); arc < arcs_.end(i); ++arc) {
      phi_[i] = std::min(phi_[i], arcs_.cost(arc) - psi_[arcs_.target(arc) - n]);
    }
  }
}

void LevelSolver::trust(Vector phi, Vector psi) {
  phi_ = std::move(phi);
  psi_ = std::move(psi);
  rounds_.expect_an_answer();
}

bool LevelSolver::solve(std::vector<simplex::Flow> plan, bool exact, const simplex::Rounds::Report& report) {
  plan_ = std::move(plan);
  return rounds_.solve(schedule_of(cost_.order(), spread_, exact), report, plan_, phi_, psi_);
}

double LevelSolver::cost(simplex::Node source, simplex::Node target) const {
  const Index d = sources_.points.cols();
  return cost_(sources_.points.data() + source * d, targets_.points.data() + target * d, d);
}

void LevelSolver::costs_of(Index source, const search::PricedTarget* found, int count, double* costs) const {
  const double* x = sources_.points.data() + source * sources_.points.cols();
  search::costs_from(
      cost_.order(), x, targets_.points, count, [found](Index k) { return found[k].target; }, costs);
}

void LevelSolver::add_candidates(const std::vector<simplex::Flow>& plan) {
  const Index n = sources_.size();
  std::vector<Index> first(static_cast<std::size_t>(n) + 1, 0);
  std::vector<simplex::CandidateArcs::Arc> arcs;
  arcs.reserve(plan.size());
  for (const simplex::Flow& flow : plan) {
    ++first[static_cast<std::size_t>(flow.source) + 1];
    arcs.push_back({static_cast<simplex::Node>(n + flow.target), cost(flow.source, flow.target)});
  }
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  arcs_.merge(first, arcs);
}

simplex::Violators LevelSolver::add_violators(const Vector& phi, const Vector& psi, const simplex::Tolerance& tolerance,
                                              simplex::CandidateArcs& candidates) {
  const Index n = sources_.size();
  simplex::Violators violators;
  violators.phi.resize(n);  // What is not found is at most so wrong.
  for (Index i = 0; i < n; ++i) violators.phi[i] = phi[i] - tolerance.least(phi[i]);
  std::vector<Index> first_arc(static_cast<std::size_t>(n) + 1, 0);
  std::vector<simplex::CandidateArcs::Arc> arcs;
  search::BestTargets best;
  search_->set_potential(psi);
  for (Index first = 0; first < n; first += query_chunk) {
    if (control_.stop()) return violators;
    const Index queries = std::min(query_chunk, n - first);
    search_->best_targets(sources_.points, first, queries, violators.phi, candidates_per_source, best);
    for (Index r = 0; r < queries; ++r) {
      const Index i = first + r;
      const search::PricedTarget* found = best.found.data() + r * candidates_per_source;
      const int count = best.count[static_cast<std::size_t>(r)];
      if (count > 0) {
        violators.phi[i] = found->value;
        bool any = add_violated(i, found, count, {phi[i], psi, tolerance}, arcs, violators);
        // All that was found is the rounding of far targets: nearer ones may hide behind them.
        if (!any && count == candidates_per_source) any = add_hidden(i, {phi[i], psi, tolerance}, arcs, violators);
        violators.sources += any ? 1 : 0;
      }
      first_arc[static_cast<std::size_t>(i) + 1] = static_cast<Index>(arcs.size());
    }
  }
  violators.arcs = static_cast<Index>(arcs.size());
  candidates.merge(first_arc, arcs);
  return violators;
}

/// Of targets that were found for a source takes those that violate φ + ψ ≤ c beyond their own tolerance; true if any.
bool LevelSolver::add_violated(Index source, const search::PricedTarget* found, int count, const Limit& limit,
                               std::vector<simplex::CandidateArcs::Arc>& arcs, simplex::Violators& violators) const {
  double costs[most_found];
  costs_of(source, found, count, costs);
  const auto before = arcs.size();
  for (int k = 0; k < count; ++k) {
    const double c = costs[k], excess = limit.phi - found[k].value;
    const double psi = limit.psi[found[k].target];
    if (!(excess > limit.tolerance.of(c, limit.phi, psi))) continue;
    arcs.push_back({static_cast<simplex::Node>(sources_.size() + found[k].target), c});
    violators.worst_units = std::max(
        violators.worst_units, (excess - limit.tolerance.common) / simplex::Tolerance{0.0, 1.0}.of(c, limit.phi, psi));
  }
  return arcs.size() > before;
}

/// The same with a look at many more targets.
bool LevelSolver::add_hidden(Index source, const Limit& limit, std::vector<simplex::CandidateArcs::Arc>& arcs,
                             simplex::Violators& violators) const {
  search::BestTargets best;
  search_->best_targets(sources_.points.row(source), 0, 1,
                        Vector::Constant(1, limit.phi - limit.tolerance.least(limit.phi)), most_found, best);
  return add_violated(source, best.found.data(), best.count.front(), limit, arcs, violators);
}

}  // namespace brenier::engines::multiscale
