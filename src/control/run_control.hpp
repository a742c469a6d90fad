#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "brenier/monitor.hpp"
#include "brenier/termination.hpp"

namespace brenier {

/// The time limit and the caller's monitor as one thing that loops ask: "shall I stop?".
///
/// `stop()` may be called from every thread, but asks the monitor only on the one that made the control; `report` may
/// be called only there.
class RunControl {
 public:
  RunControl(Monitor* monitor, double time_limit, int threads);

  /// True once the time is up or the monitor wants to stop; stays true.
  bool stop() noexcept;

  /// not_run while nothing asked to stop, otherwise time_limit or interrupted.
  Termination::Reason reason() const noexcept;

  void report(const Progress& progress);

  double seconds() const;

  /// Threads that parallel loops are to use, at least 1.
  int threads() const { return threads_; }

 private:
  Monitor* monitor_;
  std::thread::id caller_;
  std::chrono::steady_clock::time_point start_;
  double time_limit_;
  int threads_;
  std::atomic<Termination::Reason> reason_{Termination::Reason::not_run};
};

/// @throws std::invalid_argument for a time limit (seconds) that is not positive or a negative number of threads.
void check_time_and_threads(double time_limit, int threads);

/// The number of threads to use where `threads` were asked for and 0 means every core.
int thread_count(int threads);

}  // namespace brenier
