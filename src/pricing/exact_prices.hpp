#pragma once

#include "pricing/pair_cost.hpp"

namespace brenier::pricing {

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

/// cost[k] = c(x, y) of pair k, as GroundCost has it. O(count · d).
inline void pair_costs(int order, const Pair* pairs, Index count, Index dimension, double* cost) {
  constexpr int chains = 8;
  for (; count >= chains; count -= chains, pairs += chains, cost += chains) {
    order == 2 ? pair_costs<2, chains>(pairs, dimension, cost) : pair_costs<1, chains>(pairs, dimension, cost);
  }
  for (; count > 0; --count, ++pairs, ++cost) {
    order == 2 ? pair_costs<2, 1>(pairs, dimension, cost) : pair_costs<1, 1>(pairs, dimension, cost);
  }
}

}  // namespace brenier::pricing
