#include "control/run_control.hpp"

#include <omp.h>
#include <pthread.h>

#include <stdexcept>

#include "numeric/message.hpp"

namespace brenier {
namespace {

/// A child process has only the thread that forked. OpenMP's others, which wait for their next work between two
/// parallel regions, are ended before a fork: a child that counted on them would wait for ever. They come back when
/// there is work.
bool let_threads_end_before_a_fork() {
  return pthread_atfork([] { omp_pause_resource_all(omp_pause_hard); }, nullptr, nullptr) == 0;
}

}  // namespace

RunControl::RunControl(Monitor* monitor, double time_limit, int threads)
    : monitor_(monitor),
      caller_(std::this_thread::get_id()),
      start_(std::chrono::steady_clock::now()),
      time_limit_(time_limit),
      threads_(thread_count(threads)) {}

bool RunControl::stop() noexcept {
  if (reason() != Termination::Reason::not_run) return true;
  auto expected = Termination::Reason::not_run;
  if (monitor_ != nullptr && std::this_thread::get_id() == caller_ && monitor_->stop_requested()) {
    reason_.compare_exchange_strong(expected, Termination::Reason::interrupted);
  } else if (seconds() >= time_limit_) {
    reason_.compare_exchange_strong(expected, Termination::Reason::time_limit);
  }
  return reason() != Termination::Reason::not_run;
}

Termination::Reason RunControl::reason() const noexcept { return reason_.load(std::memory_order_relaxed); }

void RunControl::report(const Progress& progress) {
  if (monitor_ != nullptr) monitor_->report(progress);
}

double RunControl::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void check_time_and_threads(double time_limit, int threads) {
  if (!(time_limit > 0.0)) {
    throw std::invalid_argument(message("time_limit: is ", time_limit, " s, expected more than zero"));
  }
  if (threads < 0) {
    throw std::invalid_argument(message("threads: is ", threads, ", expected 0 (every core) or more"));
  }
}

int thread_count(int threads) {
  static const bool forks_are_safe = let_threads_end_before_a_fork();
  static_cast<void>(forks_are_safe);
  return threads > 0 ? threads : omp_get_max_threads();
}

}  // namespace brenier
