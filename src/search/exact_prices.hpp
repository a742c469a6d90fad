#pragma once

#include <algorithm>

#include "search/pair_cost.hpp"

namespace brenier::search {

/// A source and a target whose cost is wanted.
struct Pair {
  const double* x;
  const double* y;
};

/// cost[k] = c(x, y) of `chains` pairs at once: each sum is that of GroundCost bit by bit, and none waits for another.
template <int P, int chains>
inline void pair_costs(const Pair* pairs, Index dimension, double* cost) {
  double squared[chains] = {};
  for (Index k = 0; k < dimension; ++k) {
    for (int c = 0; c < chains; ++c) {
      const double difference = pairs[c].x[k] - pairs[c].y[k];
      squared[c] += difference * difference;
    }
  }
  for (int c = 0; c < chains; ++c) cost[c] = P == 1 ? std::sqrt(squared[c]) : 0.5 * squared[c];
}

/// The pairs that fill up groups of `chains`, then the rest by halves.
template <int P, int chains>
inline void all_pair_costs(const Pair* pairs, Index count, Index dimension, double* cost) {
  for (; count >= chains; count -= chains, pairs += chains, cost += chains) {
    pair_costs<P, chains>(pairs, dimension, cost);
  }
  if constexpr (chains > 1) all_pair_costs<P, chains / 2>(pairs, count, dimension, cost);
}

/// cost[k] = c(x, y) of pair k, as GroundCost has it. O(count · d).
inline void pair_costs(int order, const Pair* pairs, Index count, Index dimension, double* cost) {
  order == 2 ? all_pair_costs<2, 8>(pairs, count, dimension, cost)
             : all_pair_costs<1, 8>(pairs, count, dimension, cost);
}

/// cost[k] = c(x, y) for target y = targets.row(target_of(k)), k < count, as GroundCost has it. O(count · d).
template <class TargetOf>
inline void costs_from(int order, const double* x, const Points& targets, Index count, const TargetOf& target_of,
                       double* cost) {
  constexpr Index at_a_time = 8;
  Pair pairs[at_a_time];
  for (Index first = 0; first < count; first += at_a_time) {
    const Index size = std::min(at_a_time, count - first);
    for (Index k = 0; k < size; ++k) pairs[k] = {x, targets.data() + target_of(first + k) * targets.cols()};
    pair_costs(order, pairs, size, targets.cols(), cost + first);
  }
}

}  // namespace brenier::search
