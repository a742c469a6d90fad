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
class SignalMonitor final : public Monitor {
 public:
  bool stop_requested() noexcept override;

  /// Leaves a stopped solve before its certificate, which nobody will see.
  void report(const Progress& progress) override;

  /// Throws what a signal handler raised, if one did. Needs the interpreter.
  void rethrow();

 private:
  std::chrono::steady_clock::time_point next_look_ = std::chrono::steady_clock::now();
  std::exception_ptr raised_;
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
