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
                                          : Style::log) {}

ProgressLine::~ProgressLine() {
  if (drawn_) std::fputs("\r\033[K", stderr);
}

bool ProgressLine::stop_requested() noexcept { return InterruptGuard::requested(); }

void ProgressLine::report(const Progress& progress) {
  if (style_ == Style::silent) return;
  const Clock::time_point now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const std::string where = stage(progress);
  if (style_ == Style::live) {
    // Ten lines a second are as many as can be read.
    if (now - last_drawn_ < std::chrono::milliseconds(100)) return;
    last_drawn_ = now;
    drawn_ = true;
    std::fprintf(stderr, "\r\033[K%.1f s: %s%s", seconds, where.c_str(), details(progress).c_str());
    std::fflush(stderr);
  } else if (where != last_stage_) {
    last_stage_ = where;
    std::fprintf(stderr, "brenier: %.1f s: %s%s\n", seconds, where.c_str(), details(progress).c_str());
  }
}

}  // namespace brenier::cli
