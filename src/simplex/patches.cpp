#include "simplex/patches.hpp"

#include <algorithm>

namespace brenier::simplex {

namespace {

/// One part of a divided patch is left loose where it has fewer nodes than a patch divided by this.
constexpr int smallest_part = 16;

/// How many times the patches of a block may multiply by division.
constexpr std::size_t divisions = 8;

}  // namespace

Patches::Patches(const Forest& forest, int patch_nodes)
    : forest_(forest),
      patch_nodes_(patch_nodes),
      own_value_(static_cast<std::size_t>(forest.size()), 0.0),
      patch_(own_value_.size(), loose),
      is_exit_(own_value_.size(), 0),
      offset_(1 + divisions * own_value_.size() / static_cast<std::size_t>(patch_nodes), 0.0),
      top_(offset_.size(), none),
      exits_(offset_.size()) {}

void Patches::move(const Part& part, double amount) {
  for (const Node node : part.nodes) {
    if (of(node) == loose) own_value_[static_cast<std::size_t>(node)] += amount;
  }
  for (const Id patch : part.patches) offset_[static_cast<std::size_t>(patch)] += amount;
}

bool Patches::contains(const Part& part, Node node) const {
  const auto holds = [](const auto& list, auto sought) {
    return std::find(list.begin(), list.end(), sought) != list.end();
  };
  return of(node) == loose ? holds(part.nodes, node) : holds(part.patches, of(node));
}

Node Patches::root_without(Node node, Node top) const {
  for (;;) {
    if (of(node) != loose) node = top_[static_cast<std::size_t>(of(node))];
    if (node == top) return none;
    if (forest_.parent(node) == none) return node;
    node = forest_.parent(node);
  }
}

Patches::Walk::Walk(const Patches& patches, Part& part, Node top, Node skipped)
    : patches_(patches), forest_(patches.forest_), part_(part), skipped_(skipped) {
  part_.nodes.assign(1, top);
  part_.patches.clear();
  descend(top);
}

// The order is that of Forest::collect. A patch is entered by its top, and left by the children of its exits; those of
// them that lie in the patch lead nowhere.
bool Patches::Walk::step() {
  if (complete()) return false;
  const Node node = part_.nodes[next_++];
  const Forest::Record& record = forest_.at(node);
  note(record.next_sibling);
  const Id patch = patches_.of(node);
  if (patch == loose || patch != patches_.of(record.parent)) descend(node);
  return true;
}

void Patches::Walk::descend(Node node) {
  const Id patch = patches_.of(node);
  if (patch == loose) return note(forest_.at(node).first_child);
  part_.patches.push_back(patch);
  for (const Node exit : patches_.exits_[static_cast<std::size_t>(patch)]) {
    if (patches_.of(exit) == patch) note(forest_.at(exit).first_child);
  }
}

void Patches::Walk::note(Node node) {
  if (node == skipped_ && node != none) node = forest_.at(node).next_sibling;
  if (node == none) return;
  part_.nodes.push_back(node);
  __builtin_prefetch(&forest_.at(node));
}

void Patches::note_exit(Node node) {
  unsigned char& is_exit = is_exit_[static_cast<std::size_t>(node)];
  if (is_exit) return;
  is_exit = 1;
  exits_[static_cast<std::size_t>(of(node))].push_back(node);
}

void Patches::make_loose(Node node) {
  const auto v = static_cast<std::size_t>(node);
  own_value_[v] = potential(node);
  patch_[v] = loose;
  is_exit_[v] = 0;
}

/// An empty patch, or `loose` when the block has as many as it may.
Patches::Id Patches::take(Workspace& space) {
  if (space.in_use == space.limit) return loose;
  if (space.in_use == space.owned.size()) space.owned.push_back(static_cast<Id>(taken_++));
  const Id patch = space.owned[space.in_use++];
  offset_[static_cast<std::size_t>(patch)] = 0.0;
  exits_[static_cast<std::size_t>(patch)].clear();
  return patch;
}

// Two searches in step, away from the arc on both its sides: the side that ends first, the smaller one, leaves the
// patch. Upwards a search goes to the other children of each ancestor too.
void Patches::cut_above(Node top, Workspace& space) {
  const Id patch = of(top);
  const Node parent = forest_.parent(top);
  if (patch == loose || parent == none || of(parent) != patch) return;
  std::vector<Node>& below = space.side.nodes;
  std::vector<Node>& above = space.other_side.nodes;
  below.assign(1, top);
  above.assign(1, parent);
  std::size_t next = 0;
  for (Node ancestor = parent, from = top; next < below.size() && next < above.size(); ++next) {
    forest_.for_each_child(below[next], [&](Node child) {
      if (of(child) == patch) below.push_back(child);
    });
    forest_.for_each_child(above[next], [&](Node child) {
      if (of(child) == patch && child != from) above.push_back(child);
    });
    if (above[next] != ancestor) continue;
    from = ancestor;
    ancestor = forest_.parent(ancestor);
    if (ancestor != none && of(ancestor) == patch) above.push_back(ancestor);
  }
  space.visited += 2 * static_cast<std::int64_t>(next);

  const bool below_leaves = next == below.size();
  const std::vector<Node>& leaving = below_leaves ? below : above;
  const Node old_top = top_[static_cast<std::size_t>(patch)];
  if (!below_leaves) top_[static_cast<std::size_t>(patch)] = top;
  const Id other = static_cast<Id>(leaving.size()) < patch_nodes_ / smallest_part ? loose : take(space);
  if (other == loose) {
    for (const Node node : leaving) make_loose(node);
  } else {
    offset_[static_cast<std::size_t>(other)] = offset_[static_cast<std::size_t>(patch)];
    top_[static_cast<std::size_t>(other)] = below_leaves ? top : old_top;
    for (const Node node : leaving) {
      patch_[static_cast<std::size_t>(node)] = other;
      if (is_exit_[static_cast<std::size_t>(node)]) exits_[static_cast<std::size_t>(other)].push_back(node);
    }
  }
  if (of(parent) != loose) note_exit(parent);
}

// All trees are loose before the first is gathered: patches are used again.
void Patches::gather(const std::vector<Node>& roots, Workspace& space) {
  std::vector<Node>& nodes = space.side.nodes;
  std::size_t count = 0;
  for (const Node root : roots) {
    forest_.collect(root, nodes);
    for (const Node node : nodes) make_loose(node);
    count += nodes.size();
  }
  space.in_use = 0;
  space.limit = divisions * count / static_cast<std::size_t>(patch_nodes_);
  space.visited = 0;
  for (const Node root : roots) {
    forest_.collect(root, nodes);
    gather_tree(nodes, space);
  }
}

// From the leaves up: a subtree that has grown to the size of a patch becomes one. What is left at the root stays
// loose. Until the way down gives them their patches, the nodes' entries hold how many of their subtree are not in a
// patch yet, and those of the tops the patch, negated.
void Patches::gather_tree(const std::vector<Node>& nodes, Workspace& space) {
  if (static_cast<Id>(nodes.size()) < 2 * patch_nodes_) return;
  for (std::size_t k = nodes.size(); k-- > 1;) {
    Id& entry = patch_[static_cast<std::size_t>(nodes[k])];
    ++entry;
    if (entry < patch_nodes_) {
      patch_[static_cast<std::size_t>(forest_.parent(nodes[k]))] += entry;
    } else {
      entry = -take(space);
      top_[static_cast<std::size_t>(-entry)] = nodes[k];
    }
  }
  patch_[static_cast<std::size_t>(nodes[0])] = loose;
  for (std::size_t k = 1; k < nodes.size(); ++k) {
    Id& entry = patch_[static_cast<std::size_t>(nodes[k])];
    const Node parent = forest_.parent(nodes[k]);
    if (entry >= 0) {
      entry = of(parent);
    } else {
      entry = -entry;
      if (of(parent) != loose) note_exit(parent);
    }
  }
}

void Patches::loosen_all() {
  if (taken_ == 1) return;
  for (Node node = 0; node < forest_.size(); ++node) make_loose(node);
  std::fill(offset_.begin(), offset_.end(), 0.0);
  taken_ = 1;
}

}  // namespace brenier::simplex
