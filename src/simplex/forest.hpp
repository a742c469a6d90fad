#pragma once

#include <cstdint>
#include <vector>

#include "simplex/node.hpp"

namespace brenier::simplex {

/// Rooted trees over the nodes of a graph, with an arc and its flow above every node that is not a root.
///
/// Only links: what they mean, and the potentials, are the business of NetworkSimplex.
class Forest {
 public:
  /// One node and the arc to its parent: two nodes a cache line.
  struct Record {
    std::int64_t flow = 0;
    double cost = 0.0;
    Node parent = none;
    Node first_child = none;
    Node next_sibling = none;
    Node previous_sibling = none;
  };

  /// Single nodes.
  explicit Forest(std::size_t nodes) : records_(nodes) {}

  Node size() const { return static_cast<Node>(records_.size()); }
  Record& at(Node node) { return records_[static_cast<std::size_t>(node)]; }
  const Record& at(Node node) const { return records_[static_cast<std::size_t>(node)]; }
  Node parent(Node node) const { return at(node).parent; }

  /// Makes every node single again.
  void dissolve() { records_.assign(records_.size(), Record{}); }

  /// Makes `child`, which has no parent, the first child of `parent`.
  void attach(Node child, Node parent) {
    Record& c = at(child);
    Record& p = at(parent);
    c.parent = parent;
    c.previous_sibling = none;
    c.next_sibling = p.first_child;
    if (p.first_child != none) at(p.first_child).previous_sibling = child;
    p.first_child = child;
  }

  /// Takes `child` out of its parent's children; its own record keeps stale links.
  void detach(Node child) {
    const Record& c = at(child);
    if (c.previous_sibling != none) {
      at(c.previous_sibling).next_sibling = c.next_sibling;
    } else {
      at(c.parent).first_child = c.next_sibling;
    }
    if (c.next_sibling != none) at(c.next_sibling).previous_sibling = c.previous_sibling;
  }

  /// Puts the nodes of the subtree of `top` into `nodes`, parents before children.
  ///
  /// Read as a binary tree of first children and next siblings, generation by generation: each record is read once, and
  /// which ones will be is known early enough to fetch them ahead. In a large forest that is several times faster than
  /// to follow one link after the other.
  void collect(Node top, std::vector<Node>& nodes) const {
    const auto note = [&](Node node) {
      if (node == none) return;
      nodes.push_back(node);
      __builtin_prefetch(&at(node));
    };
    nodes.assign(1, top);
    note(at(top).first_child);
    for (std::size_t k = 1; k < nodes.size(); ++k) {
      const Record& record = at(nodes[k]);
      note(record.next_sibling);
      note(record.first_child);
    }
  }

  template <class Visit>
  void for_each_child(Node node, Visit&& visit) const {
    for (Node child = at(node).first_child; child != none; child = at(child).next_sibling) visit(child);
  }

 private:
  std::vector<Record> records_;
};

}  // namespace brenier::simplex
