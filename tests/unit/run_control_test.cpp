#include "control/run_control.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <thread>

namespace brenier {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

class Stopper : public Monitor {
 public:
  bool stop_requested() noexcept override {
    asked_by = std::this_thread::get_id();
    return stop;
  }
  void report(const Progress& progress) override { phase = progress.phase; }

  bool stop = false;
  std::thread::id asked_by;
  std::string phase;
};

TEST(RunControl, RunsOnUntilTheMonitorWantsToStop) {
  Stopper monitor;
  RunControl control(&monitor, infinity, 1);
  EXPECT_FALSE(control.stop());
  EXPECT_EQ(control.reason(), Termination::Reason::not_run);
  monitor.stop = true;
  EXPECT_TRUE(control.stop());
  monitor.stop = false;
  EXPECT_TRUE(control.stop());  // It stays so.
  EXPECT_EQ(control.reason(), Termination::Reason::interrupted);
}

TEST(RunControl, StopsWhenTheTimeIsUp) {
  RunControl control(nullptr, 1e-9, 1);
  while (control.seconds() < 1e-6) {
  }
  EXPECT_TRUE(control.stop());
  EXPECT_EQ(control.reason(), Termination::Reason::time_limit);
}

TEST(RunControl, AsksTheMonitorOnlyOnTheCallersThread) {
  Stopper monitor;
  monitor.stop = true;
  RunControl control(&monitor, infinity, 1);
  std::thread([&] { EXPECT_FALSE(control.stop()); }).join();
  EXPECT_EQ(monitor.asked_by, std::thread::id());
  EXPECT_TRUE(control.stop());
  std::thread([&] { EXPECT_TRUE(control.stop()); }).join();
}

TEST(RunControl, PassesProgressOn) {
  Stopper monitor;
  RunControl control(&monitor, infinity, 1);
  Progress progress;
  progress.phase = "simplex";
  control.report(progress);
  EXPECT_EQ(monitor.phase, "simplex");
}

TEST(RunControl, TakesEveryCoreWhenNoNumberOfThreadsIsGiven) {
  EXPECT_EQ(RunControl(nullptr, infinity, 3).threads(), 3);
  EXPECT_GE(RunControl(nullptr, infinity, 0).threads(), 1);
}

}  // namespace
}  // namespace brenier
