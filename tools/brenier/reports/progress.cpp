#include "reports/progress.hpp"

#include <string>

#include "reports/interrupt.hpp"
#include "reports/report.hpp"

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
  if (progress.round >= 0) text += ", round " + std::to_string(progress.round);
  if (progress.violators >= 0) text += ", " + std::to_string(progress.violators) + " violators";
  if (progress.lower_bound >= 0.0) text += ", cost at least " + digits(progress.lower_bound, 6);
  return text;
}

/// "[########            ]" for the part that is done.
std::string bar(double done) {
  constexpr std::size_t width = 20;
  const auto full = static_cast<std::size_t>(done * static_cast<double>(width));
  return "[" + std::string(full, '#') + std::string(width - full, ' ') + "]";
}

}  // namespace

bool ProgressLine::stop_requested() noexcept { return InterruptGuard::requested(); }

void ProgressLine::report(const Progress& progress) { line_.show(stage(progress), details(progress)); }

bool ProgressBar::stop_requested() noexcept { return InterruptGuard::requested(); }

void ProgressBar::reach(Index step, const std::string& figures) {
  const Index steps = last_ - first_;
  begun_part_ = 0.0;
  reach(step, figures, steps > 0 ? static_cast<double>(step - first_) / static_cast<double>(steps) : 1.0);
}

void ProgressBar::reach(Index step, const std::string& figures, double part) {
  const std::string place = noun_ + " " + std::to_string(step) + " of " + std::to_string(last_);
  const std::string known = figures.empty() ? "" : ", " + figures;
  if (begun_part_ < 0.0) begun_part_ = part;
  if (line_.is_live()) {
    const double done = part - begun_part_;
    const std::string left = done > 0.0 ? ", " + digits(line_.seconds() * (1.0 - part) / done, 2) + " s left" : "";
    line_.show(bar(part) + " " + place, known + left);
  } else if (const int tenths = static_cast<int>(10.0 * part); tenths != logged_tenths_) {
    logged_tenths_ = tenths;
    line_.show(place, known);
  }
}

}  // namespace brenier::cli
