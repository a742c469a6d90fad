#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "brenier/monitor.hpp"
#include "brenier/types.hpp"
#include "control/run_control.hpp"
#include "simplex/candidate_arcs.hpp"
#include "simplex/flow.hpp"
#include "simplex/rounding.hpp"

namespace brenier::simplex {

/// What a search over all pairs has found.
struct Violators {
  Index sources = 0;         ///< Sources with a violated pair.
  Index arcs = 0;            ///< Arcs that were added.
  double worst_units = 0.0;  ///< Rounding units that the worst violation has.
  Vector phi;                ///< φ lowered until (φ, ψ) is feasible, for whoever wants a bound; may be empty.
};

/// All pairs of a problem, wherever their costs come from: the only thing that the rounds know of it.
class PairSearch {
 public:
  virtual ~PairSearch() = default;

  virtual double cost(Node source, Node target) const = 0;

  /// Makes candidates of the worst pairs of each source that violate φ + ψ ≤ c beyond their tolerance. May be left
  /// early when the control asks to stop.
  virtual Violators add_violators(const Vector& phi, const Vector& psi, const Tolerance& tolerance,
                                  CandidateArcs& arcs) = 0;
};

/// How the tolerance falls from round to round, and when it is enough. The default is to be exact at once.
///
/// Where the first candidates are poor, to be exact about them is work for nothing: then the first rounds repair only
/// what is worse than the error of the first potentials, and the tolerance falls tenfold a round while the candidates
/// get better.
struct Schedule {
  double first = 0.0;     ///< Tolerance of the first round, beside rounding.
  double smallest = 0.0;  ///< Below this it falls to zero.
  double last = 0.0;      ///< It falls no lower than this.
  bool exact = true;      ///< No pair may be left violated; otherwise one source in 64 may have one.
  double patience = 1.0;  ///< It falls once at most this part of the sources has violators.

  /// Fewer violators than one source in so many are repaired in the forest as it stands; others by building it anew,
  /// which loosens all that was right too. 1 repairs everything.
  Index repaired = 1;
};

/// The one loop of every network simplex here: solves over the candidate arcs, looks at all pairs, makes candidates of
/// those that violate φ + ψ ≤ c, and again, until there are none.
class Rounds {
 public:
  /// What the rounds say about themselves.
  struct Report {
    Progress progress;  ///< What goes into each report; phase, round and violators are filled in.

    /// A proven lower bound from potentials that violate nothing; empty: gives none.
    std::function<double(const Vector& phi, const Vector& psi)> prove;
  };

  Rounds(PairSearch& search, CandidateArcs& arcs, RunControl& control)
      : search_(search), arcs_(arcs), control_(control) {}

  /// The potentials come from a finished solve: see RoundingUnits.
  void expect_an_answer() { rounding_.expect_an_answer(); }

  /// Solves from a feasible plan, sorted. Its arcs had best be candidates: one that leaves the forest comes back only
  /// then, or after a search. Potentials may stand on any level. False when stopped on the way; the plan is feasible
  /// all the same.
  bool solve(const Schedule& schedule, const Report& report, std::vector<Flow>& plan, Vector& phi, Vector& psi);

  std::int64_t pivots() const { return pivots_; }
  int rounds() const { return rounds_; }

 private:
  PairSearch& search_;
  CandidateArcs& arcs_;
  RunControl& control_;
  RoundingUnits rounding_;
  std::int64_t pivots_ = 0;
  int rounds_ = 0;
};

}  // namespace brenier::simplex
