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
  if (!progress_.is_none() && !raised_) tell(progress);
  if (raised_ && progress.phase == "certificate") throw Abandoned();
}

void SignalMonitor::tell(const Progress& progress) {
  namespace py = pybind11;
  const py::gil_scoped_acquire acquire;
  const auto known = [](auto value) { return value < 0 ? py::object(py::none()) : py::object(py::cast(value)); };
  try {
    progress_(py::str(progress.phase.data(), progress.phase.size()), known(progress.level), known(progress.levels),
              known(progress.round), known(progress.violators), known(progress.lower_bound));
  } catch (...) {
    raised_ = std::current_exception();
  }
}

void SignalMonitor::rethrow() {
  if (raised_) std::rethrow_exception(std::exchange(raised_, nullptr));
}

}  // namespace brenier::python
