#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "control/run_control.hpp"
#include "simplex/candidate_arcs.hpp"
#include "simplex/flow.hpp"
#include "simplex/network_simplex.hpp"
#include "simplex/rounding.hpp"

namespace brenier::simplex {

/// Solves a level over its candidate arcs, starting from a feasible plan and any potentials: small blocks of
/// neighbouring sources first, each to optimality, then blocks four times larger, … at last all of them.
///
/// Sources are in kd order, so a block is an aligned range of them. A target belongs to the source that ships most to
/// it ("home"); an arc belongs to the smallest block that holds its source and its target's home. Arcs that carry flow
/// enter the forest when their block is solved, until then their flow stands still; the forest therefore falls apart
/// into independent blocks, most pivots happen in trees of a dozen arcs in cache, and blocks run in parallel, always
/// with the same result. Stopped on the way, the plan is feasible, only not optimal.
class NestedBlocks {
 public:
  NestedBlocks(NetworkSimplex& simplex, CandidateArcs& arcs, RunControl& control);

  using CostOf = std::function<double(Node source, Node target)>;

  /// Makes `plan` (feasible, sorted by source) optimal over the candidate arcs and the plan's own: no arc is left
  /// violated beyond the tolerance. Builds the forest anew, block by block.
  void optimize(std::vector<Flow>& plan, const CostOf& cost_of, const Tolerance& tolerance);

  /// The same from the forest as it stands, whose flow is `plan`: for a few new arcs.
  void reoptimize(std::vector<Flow>& plan, const Tolerance& tolerance);

  std::int64_t pivots() const { return pivots_; }

 private:
  struct Block {
    Node first;  ///< First source.
    Node last;   ///< One past the last source.
    int stage;
  };

  int stage_of(Node source, Node target) const;
  void find_homes(const std::vector<Flow>& plan);
  void read_plan(std::vector<Flow>& plan) const;
  std::int64_t solve_block(const Block& block, const std::vector<Flow>& plan, const CostOf& cost_of);
  std::int64_t price_block(const Block& block, NetworkSimplex::Workspace& space);
  Node admit(Node source, const Block& block);

  NetworkSimplex& simplex_;
  CandidateArcs& arcs_;
  RunControl& control_;
  Tolerance tolerance_;
  std::vector<Node> home_;        ///< For each target the source that ships most to it.
  std::vector<Node> first_flow_;  ///< For each source its first entry in the plan; while blocks are solved.
  std::int64_t pivots_ = 0;
};

}  // namespace brenier::simplex
