#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "simplex/forest.hpp"

namespace brenier::simplex {

/// The potentials of a forest's nodes, kept so that one number can be added to a large subtree without a visit to each
/// of its nodes.
///
/// A pivot of the network simplex moves the potentials of one side of an arc, and few pivots that move half of a tree
/// cost more than all the others together. So nodes may be gathered in patches, connected parts of the forest of some
/// hundred nodes. A node's potential is its own value plus the offset of its patch; to move a subtree is to walk over
/// its patches, from exit to exit, and over the nodes between them. Nodes outside of any patch are loose. (Clusters of
/// a topology tree, Frederickson 1985, on one level and without balance: they are made anew when too many have been
/// cut.)
///
/// Where an arc inside of a patch leaves the forest the patch is divided first, so that it stays connected. An exit of
/// a patch is a node with a child outside of it. Exits are noted when such a child arrives and forgotten only with
/// the patch.
///
/// Blocks of the forest that no arc joins may be changed by different threads at the same time; a block's patches are
/// owned by its Workspace. What is computed does not depend on the order in which threads take them.
class Patches {
 public:
  using Id = std::int32_t;

  /// Loose nodes and whole patches. Nodes that lie in a patch are listed as well when the walk came upon them.
  struct Part {
    std::vector<Node> nodes;
    std::vector<Id> patches;
  };

  /// What one block of the forest needs while it is changed.
  struct Workspace {
    Part side;                 ///< The nodes to be moved.
    Part other_side;           ///< Scratch.
    std::vector<Id> owned;     ///< Patches taken by the block.
    std::size_t in_use = 0;    ///< The first so many of `owned` hold nodes, or did.
    std::size_t limit = 0;     ///< So many may be in use.
    std::int64_t visited = 0;  ///< Nodes walked over since the patches were made.

    bool is_gathered() const { return in_use > 0; }
  };

  /// Every node loose, with potential zero.
  /// @param patch_nodes nodes of a patch when it is made (some more where many subtrees meet), at least 2.
  explicit Patches(const Forest& forest, int patch_nodes = 512);

  double potential(Node node) const { return own_value(node) + offset_[static_cast<std::size_t>(of(node))]; }
  void set_potential(Node node, double value) {
    own_value_[static_cast<std::size_t>(node)] = value - offset_[static_cast<std::size_t>(of(node))];
  }

  /// The potential of a node of a block without patches, which is read faster.
  double own_value(Node node) const { return own_value_[static_cast<std::size_t>(node)]; }

  /// Must be told of every new arc of the forest.
  void note_arc(Node child, Node parent) {
    if (of(parent) == of(child)) return;
    if (of(parent) != loose) note_exit(parent);
    if (of(child) != loose) top_[static_cast<std::size_t>(of(child))] = child;
  }

  /// Divides the patch that holds both `top` and its parent, if one does.
  void cut_above(Node top, Workspace& space);

  /// Gathers the nodes of the trees of `roots` anew.
  void gather(const std::vector<Node>& roots, Workspace& space);

  /// Makes every node loose. O(nodes).
  void loosen_all();

  /// The root of the tree of `node`, or none where `top` lies on the way to it. No patch may hold `top` and its parent.
  Node root_without(Node node, Node top) const;

  /// Adds `amount` to the potentials of a part.
  void move(const Part& part, double amount);

  /// Walks over a subtree step by step, leaving out the subtree of `skipped`. No patch may hold both its top and the
  /// top's parent, nor `skipped` and its parent.
  class Walk {
   public:
    Walk(const Patches& patches, Part& part, Node top, Node skipped);

    /// Looks at the links of one more node; false when none is left.
    bool step();
    bool complete() const { return next_ == part_.nodes.size(); }

   private:
    void note(Node node);
    void descend(Node node);

    const Patches& patches_;
    const Forest& forest_;
    Part& part_;
    Node skipped_;
    std::size_t next_ = 1;
  };

  /// True when a complete walk has come over `node`.
  bool contains(const Part& part, Node node) const;

 private:
  static constexpr Id loose = 0;

  Id of(Node node) const { return patch_[static_cast<std::size_t>(node)]; }
  Id take(Workspace& space);
  void note_exit(Node node);
  void make_loose(Node node);
  void gather_tree(const std::vector<Node>& nodes, Workspace& space);

  const Forest& forest_;
  Id patch_nodes_;
  std::vector<double> own_value_;
  std::vector<Id> patch_;
  std::vector<unsigned char> is_exit_;
  std::vector<double> offset_;            ///< Of a patch; zero for `loose`.
  std::vector<Node> top_;                 ///< The node of a patch next to the root.
  std::vector<std::vector<Node>> exits_;  ///< Of a patch, and nodes that were exits when they lay in it.
  std::atomic<std::size_t> taken_{1};     ///< Patches owned by workspaces, and `loose`.
};

}  // namespace brenier::simplex
