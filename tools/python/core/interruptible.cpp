#include "core/interruptible.hpp"

#include <utility>

namespace brenier::python {
namespace {

/// Often enough for a person, rarely enough to cost nothing: taking the interpreter back may have to wait for others.
constexpr std::chrono::milliseconds between_looks{50};

}  // namespace

bool SignalMonitor::stop_requested() noexcept {
  if (raised_) return true;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_look_) return false;
  next_look_ = now + between_looks;
  const pybind11::gil_scoped_acquire acquire;
  try {
    if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
  } catch (...) {
    raised_ = std::current_exception();
  }
  return raised_ != nullptr;
}

void SignalMonitor::report(const Progress& progress) {
  if (raised_ && progress.phase == "certificate") throw Abandoned();
}

void SignalMonitor::rethrow() {
  if (raised_) std::rethrow_exception(std::exchange(raised_, nullptr));
}

}  // namespace brenier::python
