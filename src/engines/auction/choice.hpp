#pragma once

#include <algorithm>
#include <limits>

#include "brenier/types.hpp"

namespace brenier::engines::auction {

/// The cheapest target that a bidder was offered, the smaller index among equals, and the price of the next one. A
/// target may be offered twice, and is no competition to itself.
struct Choice {
  Index target = -1;
  double price = std::numeric_limits<double>::infinity();
  double next_price = std::numeric_limits<double>::infinity();

  void offer(Index candidate, double candidate_price) {
    if (candidate_price < price || (candidate_price == price && candidate < target)) {
      *this = {candidate, candidate_price, price};
    } else if (candidate != target) {
      next_price = std::min(next_price, candidate_price);
    }
  }

  /// By how much the target may become dearer before another one is as cheap; zero where there is no other.
  double lead() const { return next_price < std::numeric_limits<double>::infinity() ? next_price - price : 0.0; }
};

}  // namespace brenier::engines::auction
