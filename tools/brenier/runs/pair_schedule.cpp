#include "runs/pair_schedule.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brenier::cli {

double predicted_cost(Index n, Index m, Index dimension) {
  constexpr Index greatest_tree_dimension = 12;  // Above it all pairs are looked at.
  const auto a = static_cast<double>(n), b = static_cast<double>(m);
  return dimension > greatest_tree_dimension ? a * b : std::pow(a + b, 1.2);
}

PairSchedule::PairSchedule(const std::vector<Index>& sizes, Index dimension) : sizes_(sizes), dimension_(dimension) {
  std::vector<std::pair<double, CloudPair>> ordered;
  for (Index j = 0; j < static_cast<Index>(sizes.size()); ++j) {
    for (Index i = 0; i < j; ++i) {
      ordered.push_back({cost({i, j}), {i, j}});
      total_cost_ += ordered.back().first;
    }
  }
  states_.resize(ordered.size(), State::open);
  // Backwards, for the next one stands at the end; equal costs in the order of the pairs.
  std::reverse(ordered.begin(), ordered.end());
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  open_.reserve(ordered.size());
  for (const auto& [predicted, pair] : ordered) open_.push_back(pair);
}

std::optional<CloudPair> PairSchedule::take() {
  while (!open_.empty()) {
    const CloudPair pair = open_.back();
    open_.pop_back();
    if (state(pair) != State::open) continue;
    state(pair) = State::taken;
    return pair;
  }
  return std::nullopt;
}

void PairSchedule::give_back(const CloudPair& pair) {
  if (state(pair) != State::taken) return;
  state(pair) = State::open;
  open_.push_back(pair);
}

bool PairSchedule::settle(const CloudPair& pair) {
  if (state(pair) == State::settled) return false;
  state(pair) = State::settled;
  ++settled_;
  settled_cost_ += cost(pair);
  return true;
}

PairSchedule::State& PairSchedule::state(const CloudPair& pair) {
  return states_[static_cast<std::size_t>(pair.second * (pair.second - 1) / 2 + pair.first)];
}

double PairSchedule::cost(const CloudPair& pair) const {
  return predicted_cost(sizes_[static_cast<std::size_t>(pair.first)], sizes_[static_cast<std::size_t>(pair.second)],
                        dimension_);
}

}  // namespace brenier::cli
