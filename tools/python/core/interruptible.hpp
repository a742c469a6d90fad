#pragma once

#include <pybind11/pybind11.h>

#include <chrono>
#include <exception>
#include <utility>

#include "brenier/monitor.hpp"

namespace brenier::python {

/// Lets Python's signal handlers run inside a long computation that has let go of the interpreter.
///
/// Ctrl-C then ends the computation, and the exception that the handler raised goes on to the caller.
/// Progress goes to a function of the caller's, if there is one, whose exception ends the computation likewise.
class __attribute__((visibility("hidden"))) SignalMonitor final : public Monitor {
 public:
  /// @param progress called with the fields of a Progress, None where one is not known; or None.
  explicit SignalMonitor(pybind11::object progress = pybind11::none()) : progress_(std::move(progress)) {}

  bool stop_requested() noexcept override;

  /// Tells the caller's function. Leaves a stopped solve before its certificate, which nobody will see.
  void report(const Progress& progress) override;

  /// Throws what a signal handler raised, if one did. Needs the interpreter.
  void rethrow();

 private:
  void tell(const Progress& progress);

  std::chrono::steady_clock::time_point next_look_ = std::chrono::steady_clock::now();
  std::exception_ptr raised_;
  pybind11::object progress_;
};

/// Thrown out of a computation whose monitor has an exception to pass on.
struct Abandoned {};

/// Calls compute(monitor) without the interpreter, which other Python threads may have meanwhile.
template <typename Compute>
auto interruptible(SignalMonitor& monitor, Compute&& compute) {
  try {
    auto result = [&] {
      const pybind11::gil_scoped_release release;
      return compute(monitor);
    }();
    monitor.rethrow();
    return result;
  } catch (...) {
    monitor.rethrow();  // What a handler raised comes before what the library says of having been stopped.
    throw;
  }
}

template <typename Compute>
auto interruptible(Compute&& compute) {
  SignalMonitor monitor;
  return interruptible(monitor, std::forward<Compute>(compute));
}

}  // namespace brenier::python
