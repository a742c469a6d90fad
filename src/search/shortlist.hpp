#pragma once

#include "search/target_search.hpp"

namespace brenier::search {

/// The k cheapest targets seen so far, ascending, in storage of the caller.
class Shortlist {
 public:
  /// Only targets below `limit` are taken.
  Shortlist(PricedTarget* storage, int capacity, double limit)
      : best_(storage), capacity_(capacity), bound_{limit, -1} {}

  /// What a newcomer has to beat.
  double bound() const { return bound_.value; }
  int count() const { return count_; }

  void offer(double value, Index target) {
    const PricedTarget candidate{value, target};
    if (!(candidate < bound_)) return;
    int place = count_ < capacity_ ? count_++ : capacity_ - 1;
    for (; place > 0 && candidate < best_[place - 1]; --place) best_[place] = best_[place - 1];
    best_[place] = candidate;
    if (count_ == capacity_) bound_ = best_[capacity_ - 1];
  }

 private:
  PricedTarget* best_;
  int capacity_;
  int count_ = 0;
  PricedTarget bound_;
};

}  // namespace brenier::search
