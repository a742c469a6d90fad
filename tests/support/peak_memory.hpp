#pragma once

#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace brenier::test {

/// By how many MiB the memory of a process rises while `work` runs, at most; −1 when it returns false.
///
/// `prepare` makes what the work needs. A process of its own runs both, since the peak of a process never falls.
template <class Prepare, class Work>
double peak_mebibytes(const Prepare& prepare, const Work& work) {
  malloc_trim(0);  // What earlier tests have freed would not count when it is taken again.
  int ends[2];
  if (pipe(ends) != 0) return -1.0;
  const pid_t child = fork();
  if (child == 0) {
    rusage before{}, after{};
    const auto prepared = prepare();
    getrusage(RUSAGE_SELF, &before);
    const bool done = work(prepared);
    getrusage(RUSAGE_SELF, &after);
    const double used = done ? static_cast<double>(after.ru_maxrss - before.ru_maxrss) / 1024.0 : -1.0;
    const bool written = write(ends[1], &used, sizeof(used)) == sizeof(used);
    _exit(written ? 0 : 1);
  }
  double used = -1.0;
  if (read(ends[0], &used, sizeof(used)) != sizeof(used)) used = -1.0;
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  return used;
}

}  // namespace brenier::test
