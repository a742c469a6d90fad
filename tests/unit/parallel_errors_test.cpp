#include "control/parallel_errors.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <thread>
#include <vector>

namespace brenier {
namespace {

TEST(ParallelErrors, ThrowTheFirstOnTheThreadThatAsks) {
  for (const int failing : {0, 1, 3}) {
    ParallelErrors errors;
    std::vector<std::thread> threads;
    std::atomic<int> done{0};
    for (int k = 0; k < 4; ++k) {
      threads.emplace_back([&errors, &done, k, failing] {
        errors.run([&] {
          if (k == failing) throw std::bad_alloc();
          ++done;
        });
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_THROW(errors.rethrow(), std::bad_alloc);
    EXPECT_LE(done, 3);
    errors.run([&] { done = 100; });  // Passed over.
    EXPECT_LE(done, 3);
  }
}

TEST(ParallelErrors, LetWorkThatSucceedsAlone) {
  ParallelErrors errors;
  int done = 0;
  errors.run([&] { ++done; });
  EXPECT_NO_THROW(errors.rethrow());
  EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace brenier
