#include "certificate/plan_potential.hpp"

#include <deque>

namespace brenier {
namespace {

/// Relaxed pairs, for each of them, before a cycle is suspected.
constexpr std::size_t most_relaxations = 64;

/// The levels of the trees; empty where there are none.
/// @param margins how much of its margin each pair is left.
std::vector<DoubleDouble> shortest_ways(const std::vector<Slack>& slacks, std::size_t trees, double margins) {
  std::vector<std::size_t> first(trees + 1, 0), order(slacks.size());
  for (const Slack& slack : slacks) ++first[static_cast<std::size_t>(slack.source_tree) + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::size_t> place(first.begin(), first.end() - 1);
  for (std::size_t k = 0; k < slacks.size(); ++k) order[place[static_cast<std::size_t>(slacks[k].source_tree)]++] = k;

  std::vector<DoubleDouble> level(trees);
  std::vector<bool> is_waiting(trees, true);
  std::deque<std::size_t> waiting;
  for (std::size_t tree = 0; tree < trees; ++tree) waiting.push_back(tree);
  for (std::size_t steps = 0; !waiting.empty() && steps < most_relaxations * (slacks.size() + trees);) {
    const std::size_t tree = waiting.front();
    waiting.pop_front();
    is_waiting[tree] = false;
    for (std::size_t k = first[tree]; k < first[tree + 1]; ++k, ++steps) {
      const auto other = static_cast<std::size_t>(slacks[order[k]].target_tree);
      const DoubleDouble highest = level[tree] + slacks[order[k]].value - margins * slacks[order[k]].margin;
      if (!(highest < level[other])) continue;
      level[other] = highest;
      if (!is_waiting[other]) {
        is_waiting[other] = true;
        waiting.push_back(other);
      }
    }
  }
  if (!waiting.empty()) level.clear();
  return level;
}

}  // namespace

void settle_levels(const std::vector<Slack>& slacks, TightPotentials& tight) {
  const auto trees = static_cast<std::size_t>(tight.trees);
  std::vector<DoubleDouble> level;
  // Ties both ways make cycles of length zero, which a margin, or rounding, turns negative.
  for (const double margins : {1.0, 0.0, -1.0}) {
    level = shortest_ways(slacks, trees, margins);
    if (!level.empty()) break;
  }
  if (level.empty()) return;
  for (std::size_t i = 0; i < tight.phi.size(); ++i) {
    if (tight.source_tree[i] >= 0) tight.phi[i] = tight.phi[i] - level[static_cast<std::size_t>(tight.source_tree[i])];
  }
  for (std::size_t j = 0; j < tight.psi.size(); ++j)
    tight.psi[j] += level[static_cast<std::size_t>(tight.target_tree[j])];
}

}  // namespace brenier
