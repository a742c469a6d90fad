#pragma once

namespace brenier::cli {

/// While one of these lives, the first SIGINT (Ctrl-C) or SIGTERM only raises a flag; the second ends the process at
/// once. Without one, the first ends it. At most one at a time.
class InterruptGuard {
 public:
  /// @param announce say on standard error that the wish to stop has been heard.
  /// @param text what is said: a literal, for it is written by the signal handler.
  explicit InterruptGuard(bool announce, const char* text = "stopping with the best plan so far");
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  /// True once a signal has come. May be called from every thread.
  static bool requested() noexcept;
};

}  // namespace brenier::cli
