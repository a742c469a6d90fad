#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

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
  enum class Style { silent, live, log };

  double seconds() const;
  void log(const std::string& stage, const std::string& details);
  void keep_drawing();

  const Style style_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::string logged_stage_;  ///< Phase and level of the last log line.

  // The live line has a thread of its own: its clock ticks while a phase has nothing to report.
  std::mutex mutex_;
  std::condition_variable finished_changed_;
  bool finished_ = false;
  std::string line_ = "preparing";
  std::thread drawer_;
};

}  // namespace brenier::cli
