#pragma once

#include <atomic>
#include <exception>
#include <mutex>

namespace brenier {

/// Carries an exception out of a parallel region, in which nobody may let one escape: std::bad_alloc of one thread
/// would end the process.
///
/// Each thread runs its pieces of work by `run`; after the region `rethrow` throws the first exception on the thread
/// that called the library. Once there is one, what comes later is passed over.
class ParallelErrors {
 public:
  template <class Work>
  void run(const Work& work) noexcept {
    if (has_failed_.load(std::memory_order_relaxed)) return;
    try {
      work();
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (first_ == nullptr) first_ = std::current_exception();
      has_failed_ = true;
    }
  }

  /// To be called by one thread, after the region.
  void rethrow() const {
    if (first_ != nullptr) std::rethrow_exception(first_);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> has_failed_{false};
  std::exception_ptr first_;
};

}  // namespace brenier
