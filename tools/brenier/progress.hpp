#pragma once

#include <chrono>
#include <string>

#include "brenier/monitor.hpp"

namespace brenier::cli {

/// Tells on standard error where a computation stands, and stops it when the user wants to (see `InterruptGuard`).
///
/// On a terminal this is one live line, wiped at the end; elsewhere, one line for each phase. Quiet says nothing.
class ProgressLine : public Monitor {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool stop_requested() noexcept override;
  void report(const Progress& progress) override;

 private:
  using Clock = std::chrono::steady_clock;

  enum class Style { silent, live, log };

  Style style_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_drawn_ = start_;
  bool drawn_ = false;      ///< The live line is on the screen.
  std::string last_stage_;  ///< Phase and level of the last log line.
};

}  // namespace brenier::cli
