#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "brenier/types.hpp"
#include "simplex/forest.hpp"
#include "simplex/patches.hpp"

namespace brenier::simplex {

/// The spanning forest of a network simplex on an uncapacitated bipartite graph, with its flows and potentials.
///
/// Problem: min Σ c(u,v) f(u,v) over flows f ≥ 0 from sources u to targets v that ship every supply and meet every
/// demand. The forest is a basis: flow is carried by forest arcs only and every forest arc is tight,
///     c(u,v) = φ(u) + ψ(v).
/// Potentials are kept as p = φ on sources and p = −ψ on targets, so that the reduced cost of an arc is
///     r(u,v) = c − p(u) + p(v)
/// and a pivot adds one number to one side of the forest.
///
/// A component without a parent at its root hangs, so to say, on an artificial root by an arc of zero flow. No such arc
/// is stored: the mass of a component is balanced, so it never carries flow, it blocks at once when a pivot would use
/// it, and it never comes back. That replaces the big-M start of the textbooks.
///
/// Strong feasibility (Cunningham 1976): a forest arc without flow points towards the root. Arcs go from sources to
/// targets, so the arc above a source points up and the arc above a target points down: the invariant says that the arc
/// above every target carries flow. Taking always the last blocking arc of the cycle keeps it, and with it degenerate
/// pivots cannot cycle.
///
/// The forest knows nothing of geometry and holds no list of candidate arcs: costs come in with the arcs that enter.
/// Parts of the forest that no arc joins may be changed by different threads at the same time, each with a workspace of
/// its own.
class NetworkSimplex {
 public:
  /// A forest of n + m single nodes without flow; p has n + m entries.
  /// @param patch_nodes see Patches.
  NetworkSimplex(Node sources, Node targets, int patch_nodes = 512);

  using Workspace = Patches::Workspace;

  Node sources() const { return sources_; }
  Node size() const { return forest_.size(); }

  double potential(Node node) const { return patches_.potential(node); }

  /// The potential of a node of a block that is not gathered, which is read faster.
  double ungathered_potential(Node node) const { return patches_.own_value(node); }

  void set_potential(Node node, double value) { patches_.set_potential(node, value); }

  /// The same for φ on all sources and ψ on all targets.
  void set_potentials(const Vector& phi, const Vector& psi);
  void read_potentials(Vector& phi, Vector& psi) const;

  double reduced_cost(Node source, Node target, double cost) const {
    return cost - potential(source) + potential(target);
  }

  /// Brings a candidate arc of negative reduced cost into the basis: one pivot. O(cycle + smaller side), where of a
  /// side that lies in patches only these count.
  void enter(Node source, Node target, double cost, Workspace& space);

  /// Brings an arc into the basis that carries `flow` > 0 outside of it: one pivot from a non-zero flow, which sends
  /// the flow elsewhere where that is cheaper.
  void insert(Node source, Node target, double cost, std::int64_t flow, Workspace& space);

  /// Gathers the trees of a block, whose sources are first, …, last − 1, in patches (see Patches). O(nodes).
  void gather(Node first, Node last, Workspace& space);

  /// True once the pivots with this workspace have walked so much that to gather the block would have paid.
  bool is_worth_gathering(Node first, Node last, const Workspace& space) const;

  /// Ends the use of all workspaces. O(nodes).
  void release_workspaces() { patches_.loosen_all(); }

  /// Makes every node a component of its own, drops all flow, keeps the potentials.
  void dissolve() { forest_.dissolve(); }

  /// Recomputes the potentials of every component from its root, which removes the rounding of many shifts. O(n + m).
  void recompute_potentials();

  /// The same for the trees of a block, whose sources are first, …, last − 1.
  void recompute_potentials(Node first, Node last);

  /// Calls visit(source, target, cost, flow) for every forest arc that carries flow, in the order of nodes.
  template <class Visit>
  void for_each_flow(Visit&& visit) const {
    for (Node node = 0; node < size(); ++node) {
      const Forest::Record& record = forest_.at(node);
      if (record.parent == none || record.flow == 0) continue;
      if (node < sources_) {
        visit(node, record.parent, record.cost, record.flow);
      } else {
        visit(record.parent, node, record.cost, record.flow);
      }
    }
  }

  /// Checks every invariant named above and the links; empty when all hold, otherwise what is wrong. `balance`
  /// has supply − demand of every node and may be empty. Tight means within `tolerance`. O(n + m).
  std::string violated_invariant(const std::vector<std::int64_t>& balance, double tolerance) const;

 private:
  enum class Push { forward, backward };

  /// The cycle that an arc closes, or the two paths to the roots where it joins two components.
  struct Cycle {
    Node join = none;               ///< Where the paths meet; none for two components.
    Node out = none;                ///< The node whose arc to its parent leaves (none: the arc itself).
    bool out_on_tail_side = false;  ///< On which path `out` lies.
    std::int64_t push = 0;          ///< The flow that can be sent round.
  };

  /// Which part of a component is the smaller one; undivided where the node that should be outside of the subtree lies
  /// in it.
  enum class Side { subtree, rest, undivided };

  bool is_source(Node node) const { return node < sources_; }

  bool is_sound(Node node) const;
  std::string violated_link(Node root, std::size_t most, std::vector<Node>& order) const;
  std::string violated_arc(Node node, double tolerance) const;
  std::vector<Node> roots_of_block(Node first, Node last) const;
  void recompute_tree(Node root, std::vector<Node>& nodes);
  Node first_without_flow(Node source) const;
  Node join_of(Node tail, Node head);
  Cycle find_cycle(Node tail, Node head, std::int64_t arc_capacity);
  void pivot(Node source, Node target, double cost, std::int64_t flow, Push push, Workspace& space);
  void send(Node tail, Node head, Node join, std::int64_t amount);
  void rehang(Node inner, Node outer, Node out, double cost, std::int64_t flow);
  Side smaller_side(Node top, Node outer, Workspace& space);

  Node sources_;
  Forest forest_;
  Patches patches_;
  mutable std::atomic<double> largest_seen_{0.0};  ///< Of potentials and costs, by is_sound.
  std::vector<unsigned char> mark_;  ///< Scratch of join_of: which path has passed a node. All zero between calls.
};

}  // namespace brenier::simplex
