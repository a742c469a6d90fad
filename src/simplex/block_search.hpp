#pragma once

#include <cstdint>
#include <vector>

#include "control/run_control.hpp"
#include "simplex/candidate_arcs.hpp"
#include "simplex/network_simplex.hpp"
#include "simplex/rounding.hpp"

namespace brenier::simplex {

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

  /// Pivots until no arc is violated, or until it is stopped; returns how many. Potentials are made anew from the
  /// forest after every few pivots a node, so that the rounding of many shifts does not add up.
  ///
  /// Among numbers that are rounded even the rules that keep a simplex from cycling are no proof that it ends. So the
  /// search gives up after `most_pivots_a_node` pivots for each node: what is still violated comes back in the next
  /// round.
  std::int64_t run(const Tolerance& tolerance, RunControl& control, Workspace& space);

 private:
  /// The arc of least reduced cost of a source.
  struct Entering {
    double reduced_cost = 0.0;
    Node source = none;
    Index arc = -1;  ///< −1: no reduced cost is negative enough.
  };

  template <class PotentialOf>
  Entering cheapest_by(Node source, const Tolerance& tolerance, PotentialOf&& potential_of) const;
  template <class PotentialOf>
  Entering cheapest_violated(Node source, const Tolerance& tolerance, PotentialOf&& potential_of) const;
  Entering cheapest(Node source, const Tolerance& tolerance, const Workspace& space) const;
  void enter(const Entering& entering, Workspace& space);

  NetworkSimplex& simplex_;
  const CandidateArcs& arcs_;
  Node first_;
  const std::vector<Node>& admitted_;
  Index look_at_;  ///< Arcs to look at before the list is worked off.
};

}  // namespace brenier::simplex
