#include "brenier/solve_many.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "control/run_control.hpp"
#include "numeric/message.hpp"

namespace brenier {
namespace {

/// What a problem of a batch has in place of a monitor: the batch's wish to stop.
class BatchMonitor final : public Monitor {
 public:
  explicit BatchMonitor(RunControl& control) : control_(control) {}
  bool stop_requested() noexcept override {
    return control_.stop() && control_.reason() == Termination::Reason::interrupted;  // Problems know the time.
  }

 private:
  RunControl& control_;
};

/// The error of the first problem, in the order of the batch, that has one.
class FirstError {
 public:
  void note(std::size_t problem, std::exception_ptr error) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (problem >= problem_) return;
    problem_ = problem;
    error_ = std::move(error);
  }

  /// Problems after it need not be solved.
  bool is_before(std::size_t problem) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return problem_ < problem;
  }

  void rethrow() const {
    if (error_ == nullptr) return;
    try {
      std::rethrow_exception(error_);
    } catch (const std::invalid_argument& error) {
      throw std::invalid_argument(message("problem ", problem_, ": ", error.what()));
    } catch (const std::length_error& error) {
      throw std::length_error(message("problem ", problem_, ": ", error.what()));
    }
  }

 private:
  mutable std::mutex mutex_;
  std::size_t problem_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr error_;
};

}  // namespace

std::vector<Solution> solve_many(const std::vector<DiscreteMeasure>& sources,
                                 const std::vector<DiscreteMeasure>& targets, const SolveOptions& options) {
  validate(options);
  if (sources.size() != targets.size()) {
    throw std::invalid_argument(
        message("targets: are ", targets.size(), ", expected as many as sources, ", sources.size()));
  }
  if (!options.start.is_empty()) {
    throw std::invalid_argument("start: belongs to one problem, expected none for a batch");
  }
  RunControl control(options.monitor, options.time_limit, options.threads);
  const int threads =
      std::max(1, std::min(control.threads(),
                           static_cast<int>(std::min<std::size_t>(sources.size(), std::numeric_limits<int>::max()))));
  const double memory = (options.memory > 0.0 ? options.memory : default_memory()) / threads;
  const std::thread::id caller = std::this_thread::get_id();

  std::vector<Solution> solutions(sources.size());
  std::atomic<std::size_t> done{0};
  FirstError errors;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
  for (std::size_t k = 0; k < sources.size(); ++k) {
    if (errors.is_before(k)) continue;
    try {
      BatchMonitor monitor(control);
      SolveOptions own = options;
      own.threads = 1;
      own.memory = memory;
      own.monitor = &monitor;
      own.time_limit = std::max(options.time_limit - control.seconds(), std::numeric_limits<double>::min());
      solutions[k] = solve(sources[k], targets[k], own);
      ++done;
      if (std::this_thread::get_id() != caller) continue;
      Progress progress;
      progress.phase = "batch";
      progress.round = static_cast<int>(done);
      control.report(progress);
    } catch (...) {
      errors.note(k, std::current_exception());
    }
  }
  errors.rethrow();
  return solutions;
}

}  // namespace brenier
