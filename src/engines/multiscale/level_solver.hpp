#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "brenier/ground_cost.hpp"
#include "control/run_control.hpp"
#include "engines/engine.hpp"
#include "engines/multiscale/levels.hpp"
#include "search/target_search.hpp"
#include "simplex/candidate_arcs.hpp"
#include "simplex/rounds.hpp"

namespace brenier::engines::multiscale {

/// Solves the transportation problem of one level: the simplex over candidate arcs, then a search over all pairs that
/// adds the arcs which violate φ + ψ ≤ c, and again, until no pair does.
class LevelSolver final : private simplex::PairSearch {
 public:
  /// @param sources, targets in kd order; must outlive the solver.  @param table of their costs, if there is one.
  LevelSolver(int order, const OrderedCloud& sources, const OrderedCloud& targets, RunControl& control,
              search::MatrixView table = {});

  /// Starts from ψ: φ = ψᶜ, and the `per_source` targets of smallest reduced cost become the candidates of each source.
  void choose_candidates(Vector psi, int per_source);

  /// Makes candidates of a plan's arcs too.
  void add_candidates(const std::vector<simplex::Flow>& plan);

  /// Where all masses are equal: replaces the plan and the potentials by those of an auction among the candidates, if
  /// that comes to an end soon. Without the plan's own arcs some sources might find no target.
  void match_candidates(std::vector<simplex::Flow>& plan);

  /// Starts from potentials that are thought to be right: no candidates but the plan's own arcs.
  void trust(Vector phi, Vector psi);

  /// Solves from a feasible plan, all of whose arcs are candidates: one that leaves the forest must be able to come
  /// back. An exact solve leaves no pair whose reduced cost is below the rounding of the costs;
  /// otherwise it stops where that would no longer help the next level. False when stopped on the way.
  bool solve(std::vector<simplex::Flow> plan, bool exact, const simplex::Rounds::Report& report);

  /// Candidates of a source at the start, and at most as many more a round.
  static constexpr int candidates_per_source = 12;

  /// The plan, which the solver gives away.
  std::vector<simplex::Flow> take_plan() { return std::move(plan_); }
  const Vector& phi() const { return phi_; }
  const Vector& psi() const { return psi_; }
  std::int64_t pivots() const { return rounds_.pivots(); }
  int rounds() const { return rounds_.rounds(); }
  std::string_view search() const { return search_->name(); }

 private:
  /// What makes a pair of one source a violated one.
  struct Limit {
    double phi;
    const Vector& psi;
    const simplex::Tolerance& tolerance;
  };

  double cost(simplex::Node source, simplex::Node target) const override;

  /// Of a source and the targets that a search has found for it.
  void costs_of(Index source, const search::PricedTarget* found, int count, double* costs) const;

  simplex::Violators add_violators(const Vector& phi, const Vector& psi, const simplex::Tolerance& tolerance,
                                   simplex::CandidateArcs& candidates) override;
  bool add_violated(Index source, const search::PricedTarget* found, int count, const Limit& limit,
                    std::vector<simplex::CandidateArcs::Arc>& arcs, simplex::Violators& violators) const;
  bool add_hidden(Index source, const Limit& limit, std::vector<simplex::CandidateArcs::Arc>& arcs,
                  simplex::Violators& violators) const;

  GroundCost cost_;
  const OrderedCloud& sources_;
  const OrderedCloud& targets_;
  RunControl& control_;
  std::unique_ptr<search::TargetSearch> search_;
  simplex::CandidateArcs arcs_;
  simplex::Rounds rounds_;
  std::vector<simplex::Flow> plan_;
  Vector phi_;
  Vector psi_;
  double spread_ = 0.0;  ///< Mean reduced cost of the first candidates: how well the prolonged potentials can tell.
};

}  // namespace brenier::engines::multiscale
