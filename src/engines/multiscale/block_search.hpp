#pragma once

#include <cstdint>
#include <vector>

#include "engines/multiscale/candidate_arcs.hpp"
#include "engines/multiscale/network_simplex.hpp"
#include "run_control.hpp"

namespace brenier::engines::multiscale {

/// Pivots among the candidate arcs of a range of sources until none has a negative reduced cost.
///
/// Block search (as in LEMON) with a candidate list (Mulvey 1978): look at a number of arcs in turn, list the sources
/// that have one to enter, let the cheapest of all enter, look again at those that are listed, and so on a few times;
/// then go on from there. What can enter comes in clusters, and those have just been looked at: to look at all arcs
/// once for each of their few pivots is what large forests would spend their time on.
class BlockSearch {
 public:
  using Workspace = NetworkSimplex::Workspace;

  /// @param first the first source.  @param admitted of source first + k the first admitted[k] arcs take part.
  BlockSearch(NetworkSimplex& simplex, const CandidateArcs& arcs, Node first, const std::vector<Node>& admitted);

  /// Pivots until no reduced cost is below −tolerance, or until it is stopped; returns how many.
  std::int64_t run(double tolerance, RunControl& control, Workspace& space);

 private:
  /// The arc of least reduced cost of a source.
  struct Entering {
    double reduced_cost = 0.0;
    Node source = none;
    Index arc = -1;  ///< −1: no reduced cost is negative enough.
  };

  template <class PotentialOf>
  Entering cheapest_by(Node source, double bound, PotentialOf&& potential_of) const;
  Entering cheapest(Node source, double bound, const Workspace& space) const;
  void enter(const Entering& entering, Workspace& space);

  NetworkSimplex& simplex_;
  const CandidateArcs& arcs_;
  Node first_;
  const std::vector<Node>& admitted_;
  Index look_at_;  ///< Arcs to look at before the list is worked off.
};

}  // namespace brenier::engines::multiscale
