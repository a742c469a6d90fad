#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace brenier::mpi {

/// Waits between two looks into the mailbox: not at all while something is going on, then longer and longer. A solver
/// on the same core keeps nearly all of it, and a letter is read within a third of a millisecond.
class Pause {
 public:
  void operator()(bool busy) {
    wait_ = busy ? std::chrono::microseconds(0) : std::min(2 * wait_ + shortest, longest);
    if (busy) {
      std::this_thread::yield();
    } else {
      std::this_thread::sleep_for(wait_);
    }
  }

 private:
  static constexpr std::chrono::microseconds shortest{10};
  static constexpr std::chrono::microseconds longest{300};
  std::chrono::microseconds wait_{0};
};

}  // namespace brenier::mpi
