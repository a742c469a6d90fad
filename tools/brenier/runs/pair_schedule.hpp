#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::cli {

/// Two clouds of a list, by their places in it; first < second.
struct CloudPair {
  Index first = 0;
  Index second = 0;
};

/// What a solve between clouds of n and m points takes, in arbitrary units: good enough to tell large from small.
///
/// Measured between a thousand and a hundred thousand points, time grows as (n + m)^1.1 for W₂ and (n + m)^1.3 for W₁,
/// and as n·m in high dimension, where all pairs are looked at.
double predicted_cost(Index n, Index m, Index dimension);

/// In which order the pairs of K clouds are solved, whoever solves them: always the largest predicted cost first, so
/// that what is left at the end is small and all solvers end at nearly the same time. The longest of the last pairs is
/// all that a solver can wait for (Graham, Bounds on multiprocessing timing anomalies, SIAM J. Appl. Math. 17, 1969).
///
/// A pair is open, taken or settled. Memory O(K²), building O(K² log K), each call O(1) amortized. Not for several
/// threads at once.
class PairSchedule {
 public:
  /// Every pair open.
  /// @param sizes points of each cloud.
  PairSchedule(const std::vector<Index>& sizes, Index dimension);

  /// Takes the largest open pair; nothing when none is open.
  std::optional<CloudPair> take();

  /// Opens a taken pair again, as the next one: its solver has gone away.
  void give_back(const CloudPair& pair);

  /// Settles a pair, whatever it was; false when it was settled already.
  bool settle(const CloudPair& pair);

  Index size() const { return static_cast<Index>(states_.size()); }
  Index settled() const { return settled_; }
  bool is_over() const { return settled_ == size(); }

  /// Of the predicted cost of all pairs, the part that is settled; in [0, 1].
  double settled_part() const { return is_over() ? 1.0 : settled_cost_ / total_cost_; }

 private:
  enum class State : std::uint8_t { open, taken, settled };

  State& state(const CloudPair& pair);
  double cost(const CloudPair& pair) const;

  std::vector<Index> sizes_;
  Index dimension_;
  std::vector<State> states_;    ///< Of the pair (i, j) at j (j − 1) / 2 + i.
  std::vector<CloudPair> open_;  ///< The next one at the end. Those that are not open are passed over.
  Index settled_ = 0;
  double total_cost_ = 0.0;
  double settled_cost_ = 0.0;
};

}  // namespace brenier::cli
