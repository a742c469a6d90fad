#pragma once

#include <lemon/bits/graph_extender.h>
#include <lemon/core.h>

namespace brenier::engines {

/// The digraph with an arc from each of n sources to each of m targets, as LEMON's algorithms want it, in no memory.
///
/// Nodes 0 … n−1 are the sources, n … n+m−1 the targets; arc i·m + j goes from source i to target j. LEMON numbers with
/// int, so n·m must be below 2³¹. Lists run downwards, as in LEMON's own graphs: −1 is the end.
class CompleteBipartiteDigraphBase {
 public:
  class Node {
   public:
    Node() = default;
    Node(lemon::Invalid) : id_(-1) {}
    bool operator==(Node other) const { return id_ == other.id_; }
    bool operator!=(Node other) const { return id_ != other.id_; }
    bool operator<(Node other) const { return id_ < other.id_; }

   private:
    friend class CompleteBipartiteDigraphBase;
    explicit Node(int id) : id_(id) {}
    int id_;
  };

  class Arc {
   public:
    Arc() = default;
    Arc(lemon::Invalid) : id_(-1) {}
    bool operator==(Arc other) const { return id_ == other.id_; }
    bool operator!=(Arc other) const { return id_ != other.id_; }
    bool operator<(Arc other) const { return id_ < other.id_; }

   private:
    friend class CompleteBipartiteDigraphBase;
    explicit Arc(int id) : id_(id) {}
    int id_;
  };

  using NodeNumTag = lemon::True;
  using ArcNumTag = lemon::True;

  int nodeNum() const { return sources_ + targets_; }
  int arcNum() const { return sources_ * targets_; }
  int maxNodeId() const { return nodeNum() - 1; }
  int maxArcId() const { return arcNum() - 1; }

  static int id(Node node) { return node.id_; }
  static int id(Arc arc) { return arc.id_; }
  static Node nodeFromId(int id) { return Node(id); }
  static Arc arcFromId(int id) { return Arc(id); }

  Node source(Arc arc) const { return Node(arc.id_ / targets_); }
  Node target(Arc arc) const { return Node(sources_ + arc.id_ % targets_); }

  void first(Node& node) const { node.id_ = nodeNum() - 1; }
  static void next(Node& node) { --node.id_; }
  void first(Arc& arc) const { arc.id_ = arcNum() - 1; }
  static void next(Arc& arc) { --arc.id_; }

  void firstOut(Arc& arc, Node node) const { arc.id_ = node.id_ < sources_ ? (node.id_ + 1) * targets_ - 1 : -1; }
  void nextOut(Arc& arc) const { arc.id_ = arc.id_ % targets_ != 0 ? arc.id_ - 1 : -1; }
  void firstIn(Arc& arc, Node node) const { arc.id_ = node.id_ < sources_ ? -1 : arcNum() - nodeNum() + node.id_; }
  void nextIn(Arc& arc) const { arc.id_ = arc.id_ >= targets_ ? arc.id_ - targets_ : -1; }

 protected:
  void construct(int sources, int targets) {
    sources_ = sources;
    targets_ = targets;
  }

 private:
  int sources_ = 0;
  int targets_ = 0;
};

/// The digraph with LEMON's iterators and maps.
class CompleteBipartiteDigraph : public lemon::DigraphExtender<CompleteBipartiteDigraphBase> {
 public:
  CompleteBipartiteDigraph(int sources, int targets) { construct(sources, targets); }
};

}  // namespace brenier::engines
