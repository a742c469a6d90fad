#pragma once

#include <functional>

namespace brenier::cli {

/// Calls `work` on `count` threads at once, this one among them, and returns when all have. What one of them throws is
/// thrown here then, the first of several.
void on_threads(int count, const std::function<void()>& work);

/// How many threads do the jobs where 0 means one a core.
int job_count(int jobs);

/// What each of so many solves at once may take, in bytes, where `memory` is what all of them may; 0 for the default.
double memory_share(double memory, int solves);

}  // namespace brenier::cli
