#pragma once

namespace brenier {

/// From how many elementary operations on threads are worth waking: about a millisecond's. Tests lower it, to see
/// several threads at work on problems small enough for a sanitizer.
inline double worth_waking_threads = 4e6;

/// How many of `threads` to use for about this many elementary operations: all, or one where waking the others, and
/// waiting for them on a machine that has other work too, would take longer than the work itself.
inline int worthwhile_threads(int threads, double operations) {
  return operations < worth_waking_threads ? 1 : threads;
}

}  // namespace brenier
