#pragma once

namespace brenier::cli {

/// While one of these lives, the first SIGINT (Ctrl-C) or SIGTERM only raises a flag; the second ends the process at
/// once. Without one, the first ends it. At most one at a time.
class InterruptGuard {
 public:
  /// @param announce say on standard error that the wish to stop has been heard.
  explicit InterruptGuard(bool announce);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  /// True once a signal has come. May be called from every thread.
  static bool requested() noexcept;
};

}  // namespace brenier::cli
