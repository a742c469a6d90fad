#pragma once

#include <string>
#include <utility>

#include "brenier/monitor.hpp"
#include "brenier/types.hpp"
#include "reports/live_line.hpp"

namespace brenier::cli {

/// Tells on standard error where a solve stands, and stops it when the user wants to (see `InterruptGuard`).
class ProgressLine : public Monitor {
 public:
  explicit ProgressLine(bool quiet) : line_(quiet) {}

  bool stop_requested() noexcept override;
  void report(const Progress& progress) override;

 private:
  LiveLine line_;
};

/// Tells where a computation of known length stands, with a bar and the time left; elsewhere than on a terminal, a line
/// for each tenth of it. Stops its solves when the user wants to.
class ProgressBar : public Monitor {
 public:
  /// @param first the step that is begun with.  @param last the one that ends it.
  /// @param noun what the steps are called.
  ProgressBar(bool quiet, Index first, Index last, std::string noun = "step")
      : line_(quiet), noun_(std::move(noun)), first_(first), last_(last) {}

  bool stop_requested() noexcept override;

  /// @param figures what is known at that step, e.g. "W2 0.31"; may be empty.
  void reach(Index step, const std::string& figures);

  /// The same for steps that take different times.  @param part of the work that is done, in [0, 1].
  void reach(Index step, const std::string& figures, double part);

 private:
  LiveLine line_;
  const std::string noun_;
  Index first_;
  Index last_;
  double begun_part_ = -1.0;  ///< What was done already at the first call; −1 before it.
  int logged_tenths_ = -1;
};

}  // namespace brenier::cli
