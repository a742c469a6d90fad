#pragma once

#include "brenier/monitor.hpp"
#include "brenier/types.hpp"
#include "live_line.hpp"

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
  ProgressBar(bool quiet, Index first, Index last) : line_(quiet), first_(first), last_(last) {}

  bool stop_requested() noexcept override;

  /// @param figures what is known at that step, e.g. "W2 0.31".
  void reach(Index step, const std::string& figures);

 private:
  LiveLine line_;
  Index first_;
  Index last_;
};

}  // namespace brenier::cli
