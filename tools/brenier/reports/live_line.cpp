#include "reports/live_line.hpp"

#include <unistd.h>

#include <cstdio>

namespace brenier::cli {

LiveLine::LiveLine(bool quiet) : style_(quiet ? Style::silent : isatty(STDERR_FILENO) != 0 ? Style::live : Style::log) {
  if (style_ == Style::live) drawer_ = std::thread([this] { keep_drawing(); });
}

LiveLine::~LiveLine() {
  if (style_ != Style::live) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_ = true;
  }
  finished_changed_.notify_one();
  drawer_.join();
}

void LiveLine::show(const std::string& stage, const std::string& details) {
  if (style_ == Style::live) {
    const std::lock_guard<std::mutex> lock(mutex_);
    line_ = stage + details;
  } else if (style_ == Style::log && stage != logged_stage_) {
    logged_stage_ = stage;
    std::fprintf(stderr, "brenier: %.1f s: %s%s\n", seconds(), stage.c_str(), details.c_str());
  }
}

double LiveLine::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void LiveLine::keep_drawing() {
  // Five lines a second can be read, and what is done before the first one needs none.
  constexpr auto period = std::chrono::milliseconds(200);
  bool drawn = false;
  std::unique_lock<std::mutex> lock(mutex_);
  while (!finished_changed_.wait_for(lock, period, [this] { return finished_; })) {
    std::fprintf(stderr, "\r\033[K%.1f s: %s", seconds(), line_.c_str());
    std::fflush(stderr);
    drawn = true;
  }
  if (drawn) std::fputs("\r\033[K", stderr);
}

}  // namespace brenier::cli
