#include "simplex/network_simplex.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace brenier::simplex {

namespace {
constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

/// Nodes of a subtree to look at before its component's root is looked for.
constexpr int first_steps = 64;

/// Steps of a walk that take as long as to gather one node in a patch.
constexpr std::int64_t steps_to_gather = 3;

/// Blocks of fewer sources are not gathered: they are in cache.
constexpr Node fewest_to_gather = 2048;

/// Trees of up to so many nodes are checked after each pivot where assertions are on.
constexpr std::size_t most_to_check = 100;

}  // namespace

NetworkSimplex::NetworkSimplex(Node sources, Node targets, int patch_nodes)
    : sources_(sources),
      forest_(static_cast<std::size_t>(sources) + static_cast<std::size_t>(targets)),
      patches_(forest_, patch_nodes),
      mark_(static_cast<std::size_t>(forest_.size()), 0) {}

void NetworkSimplex::set_potentials(const Vector& phi, const Vector& psi) {
  for (Node node = 0; node < size(); ++node) set_potential(node, node < sources_ ? phi[node] : -psi[node - sources_]);
}

void NetworkSimplex::read_potentials(Vector& phi, Vector& psi) const {
  for (Node node = 0; node < sources_; ++node) phi[node] = potential(node);
  for (Node node = sources_; node < size(); ++node) psi[node - sources_] = -potential(node);
}

// Nearly all pivots are degenerate, and those need not know the cycle: the first arc without flow on the way up from
// the source blocks at once, unless the target hangs below it.
void NetworkSimplex::enter(Node source, Node target, double cost, Workspace& space) {
  const Node out = first_without_flow(source);
  const Side side = out == none ? Side::undivided : smaller_side(out, target, space);
  if (side == Side::undivided) {
    pivot(source, target, cost, 0, Push::forward, space);
  } else {
    const double reduced = reduced_cost(source, target, cost);
    rehang(source, target, out, cost, 0);
    patches_.move(space.side, side == Side::subtree ? reduced : -reduced);
  }
  assert(is_sound(source));
}

void NetworkSimplex::insert(Node source, Node target, double cost, std::int64_t flow, Workspace& space) {
  const bool costs_more = reduced_cost(source, target, cost) > 0.0;
  pivot(source, target, cost, flow, costs_more ? Push::backward : Push::forward, space);
  assert(is_sound(source));
}

/// The first source on the way up from `source` that does not ship upwards; none when all up to the root do.
Node NetworkSimplex::first_without_flow(Node source) const {
  for (Node node = source;;) {
    const Node target = forest_.parent(node);
    if (target == none) return none;
    if (forest_.at(node).flow == 0) return node;
    node = forest_.parent(target);
    if (node == none) return none;
  }
}

// Flow is pushed round the cycle from `tail` over the arc to `head` and back through the forest. Pushed forward the arc
// gains flow, pushed backward (target to source) it loses flow and may itself be what blocks.
void NetworkSimplex::pivot(Node source, Node target, double cost, std::int64_t flow, Push push, Workspace& space) {
  const bool forward = push == Push::forward;
  const Node tail = forward ? source : target;
  const Node head = forward ? target : source;
  const Cycle cycle = find_cycle(tail, head, forward ? unlimited : flow);
  if (cycle.push > 0) send(tail, head, cycle.join, cycle.push);
  if (cycle.out == none) return;

  const std::int64_t entering_flow = forward ? flow + cycle.push : flow - cycle.push;
  const Node inner = cycle.out_on_tail_side ? tail : head;
  const Node outer = cycle.out_on_tail_side ? head : tail;
  const double reduced = reduced_cost(source, target, cost);
  const Side side = smaller_side(cycle.out, outer, space);
  rehang(inner, outer, cycle.out, cost, entering_flow);
  patches_.move(space.side, (inner == source) == (side == Side::subtree) ? reduced : -reduced);
}

/// Climbs from both nodes at once, marking the way, until one path steps on the other; none for two components.
Node NetworkSimplex::join_of(Node tail, Node head) {
  Node join = none, a = tail, b = head;
  const auto step = [&](Node& node, unsigned char own) {
    if (node == none || join != none) return;
    unsigned char& mark = mark_[static_cast<std::size_t>(node)];
    if (mark != 0 && mark != own) {
      join = node;
    } else {
      mark = own;
      node = forest_.parent(node);
    }
  };
  while (join == none && (a != none || b != none)) {
    step(a, 1);
    step(b, 2);
  }
  for (Node node = tail; node != a; node = forest_.parent(node)) mark_[static_cast<std::size_t>(node)] = 0;
  for (Node node = head; node != b; node = forest_.parent(node)) mark_[static_cast<std::size_t>(node)] = 0;
  return join;
}

// The push runs from the join down to the tail, over the arc, and up from the head to the join. Arcs run from sources
// to targets, so those that lose flow are the arcs above the sources of the tail's path and above the targets of the
// head's path. The last blocking one in the direction of the push leaves: on the tail's path the first that the climb
// meets, on the head's path the last.
NetworkSimplex::Cycle NetworkSimplex::find_cycle(Node tail, Node head, std::int64_t arc_capacity) {
  Cycle cycle;
  cycle.join = join_of(tail, head);
  std::int64_t tail_push = unlimited;
  Node tail_out = none, root = tail;
  for (Node node = tail; node != cycle.join; node = forest_.parent(node)) {
    if (is_source(node) && forest_.parent(node) != none && forest_.at(node).flow < tail_push) {
      tail_push = forest_.at(node).flow;
      tail_out = node;
    }
    root = node;
  }
  if (cycle.join == none) {  // The artificial arc above the tail's root blocks at zero, unless an arc below it does.
    cycle.out = tail_push == 0 ? tail_out : root;
    cycle.out_on_tail_side = true;
    return cycle;
  }
  std::int64_t head_push = unlimited;
  Node head_out = none;
  for (Node node = head; node != cycle.join; node = forest_.parent(node)) {
    if (!is_source(node) && forest_.at(node).flow <= head_push) {
      head_push = forest_.at(node).flow;
      head_out = node;
    }
  }
  if (head_push <= tail_push && head_push <= arc_capacity) {
    cycle.push = head_push;
    cycle.out = head_out;
  } else if (arc_capacity <= tail_push) {
    cycle.push = arc_capacity;
  } else {
    cycle.push = tail_push;
    cycle.out = tail_out;
    cycle.out_on_tail_side = true;
  }
  return cycle;
}

void NetworkSimplex::send(Node tail, Node head, Node join, std::int64_t amount) {
  for (Node node = tail; node != join; node = forest_.parent(node))
    forest_.at(node).flow += is_source(node) ? -amount : amount;
  for (Node node = head; node != join; node = forest_.parent(node))
    forest_.at(node).flow += is_source(node) ? amount : -amount;
}

// Cuts the subtree of `out` off, turns the path from `inner` up to `out` over, and hangs it below `outer` by the new
// arc.
void NetworkSimplex::rehang(Node inner, Node outer, Node out, double cost, std::int64_t flow) {
  Node child = inner, parent = outer;
  for (;;) {
    Forest::Record& record = forest_.at(child);
    const Node old_parent = record.parent;
    if (old_parent != none) forest_.detach(child);
    forest_.attach(child, parent);
    patches_.note_arc(child, parent);
    std::swap(record.cost, cost);
    std::swap(record.flow, flow);
    if (child == out) return;
    parent = child;
    child = old_parent;
  }
}

// Only the difference between the two sides counts, so the smaller one is moved: the subtree of `top` or the rest of
// the component of `outer`, to which the subtree will belong. The latter moves a whole component against others, which
// is free: the artificial arcs have no cost that anyone needs. No sizes are kept; two collections in step find out
// which side ends first.
NetworkSimplex::Side NetworkSimplex::smaller_side(Node top, Node outer, Workspace& space) {
  patches_.cut_above(top, space);
  Patches::Walk subtree(patches_, space.side, top, none);
  for (int k = 0; k < first_steps && subtree.step(); ++k) {
  }
  if (subtree.complete()) {
    space.visited += static_cast<std::int64_t>(space.side.nodes.size());
    return patches_.contains(space.side, outer) ? Side::undivided : Side::subtree;
  }
  const Node root = patches_.root_without(outer, top);
  if (root == none) return Side::undivided;
  Patches::Walk rest(patches_, space.other_side, root, top);
  while (subtree.step() && rest.step()) {
  }
  space.visited += 2 * static_cast<std::int64_t>(std::min(space.side.nodes.size(), space.other_side.nodes.size()));
  if (subtree.complete()) return Side::subtree;
  std::swap(space.side, space.other_side);
  return Side::rest;
}

// A block has about as many targets as sources.
bool NetworkSimplex::is_worth_gathering(Node first, Node last, const Workspace& space) const {
  return last - first >= fewest_to_gather &&
         space.visited > 2 * steps_to_gather * static_cast<std::int64_t>(last - first);
}

std::vector<Node> NetworkSimplex::roots_of_block(Node first, Node last) const {
  std::vector<Node> roots;
  for (Node source = first; source < last; ++source) {
    const Node target = forest_.parent(source);
    if (target == none) {
      roots.push_back(source);
    } else if (forest_.parent(target) == none && forest_.at(target).first_child == source) {
      roots.push_back(target);
    }
  }
  return roots;
}

void NetworkSimplex::gather(Node first, Node last, Workspace& space) {
  patches_.gather(roots_of_block(first, last), space);
}

void NetworkSimplex::recompute_potentials() {
  std::vector<Node> nodes;
  for (Node root = 0; root < size(); ++root) {
    if (forest_.parent(root) == none) recompute_tree(root, nodes);
  }
}

void NetworkSimplex::recompute_potentials(Node first, Node last) {
  std::vector<Node> nodes;
  for (const Node root : roots_of_block(first, last)) recompute_tree(root, nodes);
}

void NetworkSimplex::recompute_tree(Node root, std::vector<Node>& nodes) {
  forest_.collect(root, nodes);
  for (const Node node : nodes) {
    const Forest::Record& record = forest_.at(node);
    if (node == root) continue;
    set_potential(node, potential(record.parent) + (is_source(node) ? record.cost : -record.cost));
  }
}

std::string NetworkSimplex::violated_invariant(const std::vector<std::int64_t>& balance, double tolerance) const {
  std::vector<Node> order;
  order.reserve(static_cast<std::size_t>(size()));
  for (Node root = 0; root < size(); ++root) {
    if (forest_.parent(root) != none) continue;
    const std::string violation = violated_link(root, static_cast<std::size_t>(size()), order);
    if (!violation.empty()) return violation;
  }
  if (order.size() != static_cast<std::size_t>(size())) return "a node hangs on no root";

  std::vector<std::int64_t> shipped(static_cast<std::size_t>(size()), 0);
  for (const Node node : order) {
    const Forest::Record& record = forest_.at(node);
    if (record.parent == none) continue;
    const std::string violation = violated_arc(node, tolerance);
    if (!violation.empty()) return violation;
    const Node source = is_source(node) ? node : record.parent;
    const Node target = is_source(node) ? record.parent : node;
    shipped[static_cast<std::size_t>(source)] += record.flow;
    shipped[static_cast<std::size_t>(target)] -= record.flow;
  }
  if (!balance.empty() && shipped != balance) return "a node does not ship its supply or meet its demand";
  return {};
}

/// Adds the nodes of a tree to `order`, parents before children, and says what is wrong with the links: more nodes than
/// `most` in all are taken for a cycle.
std::string NetworkSimplex::violated_link(Node root, std::size_t most, std::vector<Node>& order) const {
  std::size_t next = order.size();
  order.push_back(root);
  for (; next < order.size(); ++next) {
    Node previous = none;
    for (Node child = forest_.at(order[next]).first_child; child != none; child = forest_.at(child).next_sibling) {
      if (forest_.parent(child) != order[next] || forest_.at(child).previous_sibling != previous)
        return "child links disagree";
      if (order.size() == most) return "the forest has a cycle";
      order.push_back(child);
      previous = child;
    }
  }
  return {};
}

/// What is wrong with the arc above a node.
std::string NetworkSimplex::violated_arc(Node node, double tolerance) const {
  const Forest::Record& record = forest_.at(node);
  if (is_source(node) == is_source(record.parent)) return "an arc joins two nodes of one side";
  if (record.flow < 0) return "a flow is negative";
  if (!is_source(node) && record.flow == 0) return "an arc without flow points away from the root";
  const double reduced =
      is_source(node) ? reduced_cost(node, record.parent, record.cost) : reduced_cost(record.parent, node, record.cost);
  if (!(std::abs(reduced) <= tolerance)) return "a forest arc is not tight";
  return {};
}

/// For assertions: whether the tree of a node, if it is small, holds its invariants, tight up to the rounding of many
/// pivots, which is that of the largest numbers the forest has held. Other threads may be changing other trees.
bool NetworkSimplex::is_sound(Node node) const {
  Node root = node;
  for (std::size_t steps = 0; forest_.parent(root) != none; root = forest_.parent(root)) {
    if (++steps == most_to_check) return true;
  }
  std::vector<Node> order;
  const std::string broken_link = violated_link(root, most_to_check, order);
  if (order.size() == most_to_check) return true;
  if (!broken_link.empty()) return false;
  double largest = largest_seen_;
  for (const Node member : order) {
    largest = std::max({largest, std::abs(potential(member)), std::abs(forest_.at(member).cost)});
  }
  for (double seen = largest_seen_; seen < largest && !largest_seen_.compare_exchange_weak(seen, largest);) {
  }
  return std::all_of(order.begin() + 1, order.end(),
                     [&](Node member) { return violated_arc(member, 1e-9 * largest).empty(); });
}

}  // namespace brenier::simplex
