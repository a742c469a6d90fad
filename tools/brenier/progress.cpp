#include "progress.hpp"

#include <unistd.h>

#include <cstdio>

#include "interrupt.hpp"
#include "report.hpp"

namespace brenier::cli {
namespace {

/// Which part of the work runs, e.g. "simplex, level 2 of 5".
std::string stage(const Progress& progress) {
  std::string text(progress.phase);
  if (progress.level >= 0 && progress.levels > 0) {
    text += ", level " + std::to_string(progress.level + 1) + " of " + std::to_string(progress.levels);
  }
  return text;
}

/// What is known within that part, e.g. ", round 3, 17 violators, bound 0.91".
std::string details(const Progress& progress) {
  std::string text;
  if (progress.round >= 0) text += ", round " + std::to_string(progress.round + 1);
  if (progress.violators >= 0) text += ", " + std::to_string(progress.violators) + " violators";
  if (progress.lower_bound >= 0.0) text += ", cost at least " + digits(progress.lower_bound, 6);
  return text;
}

}  // namespace

ProgressLine::ProgressLine(bool quiet)
    : style_(quiet                        ? Style::silent
             : isatty(STDERR_FILENO) != 0 ? Style::live
                                          : Style::log) {
  if (style_ == Style::live) drawer_ = std::thread([this] { keep_drawing(); });
}

ProgressLine::~ProgressLine() {
  if (style_ != Style::live) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    finished_ = true;
  }
  finished_changed_.notify_one();
  drawer_.join();
}

bool ProgressLine::stop_requested() noexcept { return InterruptGuard::requested(); }

void ProgressLine::report(const Progress& progress) {
  if (style_ == Style::live) {
    const std::lock_guard<std::mutex> lock(mutex_);
    line_ = stage(progress) + details(progress);
  } else if (style_ == Style::log) {
    log(stage(progress), details(progress));
  }
}

double ProgressLine::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void ProgressLine::log(const std::string& stage, const std::string& details) {
  if (stage == logged_stage_) return;
  logged_stage_ = stage;
  std::fprintf(stderr, "brenier: %.1f s: %s%s\n", seconds(), stage.c_str(), details.c_str());
}

void ProgressLine::keep_drawing() {
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
