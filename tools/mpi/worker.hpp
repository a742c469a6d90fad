#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <future>
#include <map>
#include <optional>

#include "brenier/discrete_measure.hpp"
#include "brenier/monitor.hpp"
#include "mailbox.hpp"
#include "runs/pair_schedule.hpp"
#include "runs/pair_solver.hpp"

namespace brenier::mpi {

/// A process that solves the pairs which rank 0 sends it, one at a time, and reads no file. While it solves, on another
/// thread, this one goes on to answer.
class Worker {
 public:
  explicit Worker(Mailbox& mailbox) : mailbox_(mailbox) {}

  /// Works until rank 0 says that this is the end, or says nothing any more; then ends the process.
  [[noreturn]] void work();

 private:
  using Clock = std::chrono::steady_clock;

  /// Stops the solve when rank 0, or a signal, wants it.
  class Stop : public Monitor {
   public:
    bool stop_requested() noexcept override;
    std::atomic<bool> wanted{false};
  };

  void read(Letter letter);
  void end(Packet packet);
  void advance();
  void begin(Packet task);
  void report_outcome();
  void give_sign_of_life();

  Mailbox& mailbox_;
  Stop stop_;
  std::map<Index, DiscreteMeasure> clouds_;  ///< By their places. They stay where they are, for solves refer to them.
  std::deque<Packet> tasks_;                 ///< Those to come. More than one when rank 0 had given this one up.
  cli::CloudPair pair_;
  std::future<cli::PairOutcome> outcome_;
  bool resigned_ = false;
  bool leaving_ = false;

  double patience_ = 30.0;  ///< Seconds without a word from rank 0, until it says otherwise.
  Clock::time_point heard_ = Clock::now();
  Clock::time_point spoke_ = Clock::now();
};

}  // namespace brenier::mpi
