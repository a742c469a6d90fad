#include "options/threads.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "brenier/solve.hpp"

namespace brenier::cli {

void on_threads(int count, const std::function<void()>& work) {
  std::mutex mutex;
  std::exception_ptr failure;
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex);
      if (failure == nullptr) failure = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  try {
    while (static_cast<int>(others.size()) + 1 < count) others.emplace_back(guarded);
    guarded();
  } catch (...) {  // The system has no more threads.
    const std::lock_guard<std::mutex> lock(mutex);
    failure = std::current_exception();
  }
  for (std::thread& other : others) other.join();
  if (failure != nullptr) std::rethrow_exception(failure);
}

int job_count(int jobs) { return jobs > 0 ? jobs : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

double memory_share(double memory, int solves) { return (memory > 0.0 ? memory : default_memory()) / solves; }

}  // namespace brenier::cli
