#include "engines/multiscale/network_simplex.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brenier::engines::multiscale {

namespace {
constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

/// Nodes of a subtree to look at before its component's root is looked for.
constexpr int glance = 64;

}  // namespace

/// Collects the nodes of a subtree, parents before children, leaving out the subtree of `skipped`.
///
/// Read as a binary tree of first children and next siblings, generation by generation: each record is read once, and
/// which ones will be is known early enough to fetch them ahead. In a large forest that is several times faster than to
/// follow one link after the other.
class NetworkSimplex::Collection {
 public:
  Collection(const NetworkSimplex& forest, std::vector<Node>& nodes, Node top, Node skipped)
      : forest_(forest), nodes_(nodes), skipped_(skipped) {
    nodes_.clear();
    nodes_.push_back(top);
    note(forest_.at(top).first_child);
  }

  /// Looks at the links of one more node; false when none is left.
  bool grow() {
    if (complete()) return false;
    const Node node = nodes_[next_++];
    note(forest_.at(node).next_sibling);
    note(forest_.at(node).first_child);
    return true;
  }

  bool complete() const { return next_ == nodes_.size(); }

 private:
  void note(Node node) {
    if (node == skipped_ && node != none) node = forest_.at(node).next_sibling;
    if (node == none) return;
    nodes_.push_back(node);
    __builtin_prefetch(&forest_.at(node));
  }

  const NetworkSimplex& forest_;
  std::vector<Node>& nodes_;
  Node skipped_;
  std::size_t next_ = 1;
};

NetworkSimplex::NetworkSimplex(Node sources, Node targets)
    : sources_(sources),
      nodes_(static_cast<std::size_t>(sources) + static_cast<std::size_t>(targets)),
      potential_(nodes_.size(), 0.0),
      mark_(nodes_.size(), 0) {}

void NetworkSimplex::dissolve() { nodes_.assign(nodes_.size(), Record{}); }

// Nearly all pivots are degenerate, and those need not know the cycle: the first arc without flow on the way up from
// the source blocks at once, unless the target hangs below it.
void NetworkSimplex::enter(Node source, Node target, double cost) {
  const Node out = first_without_flow(source);
  const Side side = out == none ? Side::undivided : smaller_side(out, target);
  if (side == Side::undivided) {
    pivot(source, target, cost, 0, Push::forward);
    return;
  }
  const double reduced = reduced_cost(source, target, cost);
  rehang(source, target, out, cost, 0);
  move_smaller_side(side == Side::subtree ? reduced : -reduced);
}

void NetworkSimplex::insert(Node source, Node target, double cost, std::int64_t flow) {
  const bool dear = reduced_cost(source, target, cost) > 0.0;
  pivot(source, target, cost, flow, dear ? Push::backward : Push::forward);
}

/// The first source on the way up from `source` that does not ship upwards; none when all up to the root do.
Node NetworkSimplex::first_without_flow(Node source) const {
  for (Node node = source;;) {
    const Node target = at(node).parent;
    if (target == none) return none;
    if (at(node).flow == 0) return node;
    node = at(target).parent;
    if (node == none) return none;
  }
}

// Flow is pushed round the cycle from `tail` over the arc to `head` and back through the forest. Pushed forward the arc
// gains flow, pushed backward (target to source) it loses flow and may itself be what blocks.
void NetworkSimplex::pivot(Node source, Node target, double cost, std::int64_t flow, Push push) {
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
  const Side side = smaller_side(cycle.out, outer);
  rehang(inner, outer, cycle.out, cost, entering_flow);
  move_smaller_side((inner == source) == (side == Side::subtree) ? reduced : -reduced);
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
      node = at(node).parent;
    }
  };
  while (join == none && (a != none || b != none)) {
    step(a, 1);
    step(b, 2);
  }
  for (Node node = tail; node != a; node = at(node).parent) mark_[static_cast<std::size_t>(node)] = 0;
  for (Node node = head; node != b; node = at(node).parent) mark_[static_cast<std::size_t>(node)] = 0;
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
  for (Node node = tail; node != cycle.join; node = at(node).parent) {
    if (is_source(node) && at(node).parent != none && at(node).flow < tail_push) {
      tail_push = at(node).flow;
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
  for (Node node = head; node != cycle.join; node = at(node).parent) {
    if (!is_source(node) && at(node).flow <= head_push) {
      head_push = at(node).flow;
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
  for (Node node = tail; node != join; node = at(node).parent) at(node).flow += is_source(node) ? -amount : amount;
  for (Node node = head; node != join; node = at(node).parent) at(node).flow += is_source(node) ? amount : -amount;
}

// Cuts the subtree of `out` off, turns the path from `inner` up to `out` over, and hangs it below `outer` by the new
// arc.
void NetworkSimplex::rehang(Node inner, Node outer, Node out, double cost, std::int64_t flow) {
  Node child = inner, parent = outer;
  for (;;) {
    Record& record = at(child);
    const Node old_parent = record.parent;
    if (old_parent != none) detach(child);
    attach(child, parent);
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
NetworkSimplex::Side NetworkSimplex::smaller_side(Node top, Node outer) {
  std::vector<Node>& nodes = smaller();
  Collection subtree(*this, nodes, top, none);
  for (int k = 0; k < glance && subtree.grow(); ++k) {
  }
  if (subtree.complete()) {
    return std::find(nodes.begin(), nodes.end(), outer) == nodes.end() ? Side::subtree : Side::undivided;
  }
  Node root = outer;
  while (root != top && at(root).parent != none) root = at(root).parent;
  if (root == top) return Side::undivided;
  static thread_local std::vector<Node> others;
  Collection rest(*this, others, root, top);
  while (subtree.grow() && rest.grow()) {
  }
  if (subtree.complete()) return Side::subtree;
  std::swap(nodes, others);
  return Side::rest;
}

void NetworkSimplex::move_smaller_side(double amount) {
  for (const Node node : smaller()) potential_[static_cast<std::size_t>(node)] += amount;
}

/// The nodes of the side that was found the smaller one last, by this thread.
std::vector<Node>& NetworkSimplex::smaller() {
  static thread_local std::vector<Node> nodes;
  return nodes;
}

void NetworkSimplex::attach(Node child, Node parent) {
  Record& c = at(child);
  Record& p = at(parent);
  c.parent = parent;
  c.previous_sibling = none;
  c.next_sibling = p.first_child;
  if (p.first_child != none) at(p.first_child).previous_sibling = child;
  p.first_child = child;
}

void NetworkSimplex::detach(Node child) {
  const Record& c = at(child);
  if (c.previous_sibling != none) {
    at(c.previous_sibling).next_sibling = c.next_sibling;
  } else {
    at(c.parent).first_child = c.next_sibling;
  }
  if (c.next_sibling != none) at(c.next_sibling).previous_sibling = c.previous_sibling;
}

void NetworkSimplex::recompute_potentials() {
  std::vector<Node> nodes;
  for (Node root = 0; root < size(); ++root) {
    if (at(root).parent != none) continue;
    Collection component(*this, nodes, root, none);
    while (component.grow()) {
    }
    for (const Node node : nodes) {
      const Record& record = at(node);
      if (node == root) continue;
      set_potential(node, potential(record.parent) + (is_source(node) ? record.cost : -record.cost));
    }
  }
}

std::string NetworkSimplex::violated_invariant(const std::vector<std::int64_t>& balance, double tolerance) const {
  std::vector<std::int64_t> shipped(nodes_.size(), 0);
  std::vector<Node> order;
  order.reserve(nodes_.size());
  for (Node root = 0; root < size(); ++root) {
    if (at(root).parent == none) order.push_back(root);
  }
  for (std::size_t k = 0; k < order.size(); ++k) {
    Node previous = none;
    for (Node child = at(order[k]).first_child; child != none; child = at(child).next_sibling) {
      if (at(child).parent != order[k] || at(child).previous_sibling != previous) return "child links disagree";
      if (order.size() == nodes_.size()) return "the forest has a cycle";
      order.push_back(child);
      previous = child;
    }
  }
  if (order.size() != nodes_.size()) return "a node hangs on no root";

  for (std::size_t k = order.size(); k-- > 0;) {
    const Node node = order[k];
    const Record& record = at(node);
    if (record.parent == none) continue;
    if (is_source(node) == is_source(record.parent)) return "an arc joins two nodes of one side";
    if (record.flow < 0) return "a flow is negative";
    if (!is_source(node) && record.flow == 0) return "an arc without flow points away from the root";
    const Node source = is_source(node) ? node : record.parent;
    const Node target = is_source(node) ? record.parent : node;
    if (!(std::abs(reduced_cost(source, target, record.cost)) <= tolerance)) return "a forest arc is not tight";
    shipped[static_cast<std::size_t>(source)] += record.flow;
    shipped[static_cast<std::size_t>(target)] -= record.flow;
  }
  if (!balance.empty() && shipped != balance) return "a node does not ship its supply or meet its demand";
  return {};
}

}  // namespace brenier::engines::multiscale
