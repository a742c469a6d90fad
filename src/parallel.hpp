#pragma once

namespace brenier {

/// How many of `threads` to use for about this many elementary operations: all, or one where waking the others, and
/// waiting for them on a machine that has other work too, would take longer than the work itself.
inline int worthwhile_threads(int threads, double operations) {
  constexpr double worth_waking_threads = 4e6;  // About a millisecond's.
  return operations < worth_waking_threads ? 1 : threads;
}

}  // namespace brenier
