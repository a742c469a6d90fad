#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace brenier::cli {

/// Where a computation stands, on standard error.
///
/// On a terminal this is one live line, wiped at the end; elsewhere, one line for each stage. Quiet says nothing.
class LiveLine {
 public:
  explicit LiveLine(bool quiet);
  ~LiveLine();
  LiveLine(const LiveLine&) = delete;
  LiveLine& operator=(const LiveLine&) = delete;

  /// Shows both on a terminal; elsewhere prints them when the stage is a new one.
  void show(const std::string& stage, const std::string& details);

  bool is_live() const { return style_ == Style::live; }

  /// Since it was made.
  double seconds() const;

 private:
  enum class Style { silent, live, log };

  void keep_drawing();

  const Style style_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::string logged_stage_;

  // The live line has a thread of its own: its clock ticks while nothing new is shown.
  std::mutex mutex_;
  std::condition_variable finished_changed_;
  bool finished_ = false;
  std::string line_ = "preparing";
  std::thread drawer_;
};

}  // namespace brenier::cli
