#pragma once

#include <cstdint>
#include <limits>

#include "control/run_control.hpp"

namespace brenier::engines {

/// Thrown out of an algorithm that has no door of its own to leave by.
struct Stopped {};

/// Says which control the arithmetic of `StoppableCost` on this thread listens to, as long as it lives; then it is
/// again the one before: a monitor may solve a small problem while a large one reports to it.
class StopScope {
 public:
  explicit StopScope(RunControl& control) : outer_(current_) { current_ = &control; }
  ~StopScope() { current_ = outer_; }
  StopScope(const StopScope&) = delete;
  StopScope& operator=(const StopScope&) = delete;

  /// Called once a cost or a potential, every few nanoseconds: asks the control at every 1024th call.
  static void tick() {
    if (++ticks_ % 1024 == 0 && current_->stop()) throw Stopped();
  }

 private:
  RunControl* outer_;
  static inline thread_local RunControl* current_ = nullptr;
  static inline thread_local unsigned ticks_ = 0;
};

/// A 64-bit integer cost that can end the algorithm which computes with it.
///
/// LEMON's network simplex cannot be interrupted, but it shifts the potentials of a subtree in every pivot, and does
/// that, alone of all it does often, by `+=`. There the cost asks whether to stop, and throws `Stopped` if so. At that
/// moment the flow of the pivot has been changed completely: flows can be read, only some potentials are between old
/// and new.
class StoppableCost {
 public:
  StoppableCost(std::int64_t value = 0) : value_(value) {}
  operator std::int64_t() const { return value_; }

  StoppableCost& operator+=(StoppableCost shift) {
    StopScope::tick();
    value_ += shift.value_;
    return *this;
  }

  StoppableCost& operator-=(StoppableCost shift) {
    value_ -= shift.value_;
    return *this;
  }

 private:
  std::int64_t value_;
};

}  // namespace brenier::engines

/// LEMON asks what numbers it has: those of the 64-bit integer.
template <>
class std::numeric_limits<brenier::engines::StoppableCost> : public std::numeric_limits<std::int64_t> {};
