#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "commands/pairwise.hpp"
#include "mailbox.hpp"

namespace brenier::mpi {

/// The workers as rank 0 sees them. The command runs on a thread of its own, which solves pairs as well; the thread
/// that made the mailbox serves the workers meanwhile, from the same `PairwiseRun`.
///
/// A worker that says nothing for longer than the patience is taken for dead: its pair goes to the next who is free,
/// and no pair is sent to it any more. Should it have been asleep only, it is welcome again, and an outcome that it
/// still brings is the same number that the other one finds.
class Crew : public cli::PairCrew {
 public:
  explicit Crew(Mailbox& mailbox);

  void declare(cli::Arguments& arguments) override;
  int solvers_here() const override { return mailbox_.ranks_here(); }
  void join(cli::PairwiseRun& run, const std::vector<DiscreteMeasure>& clouds, const SolveOptions& options) override;
  void leave() override;

  /// Serves the workers until the command has ended, says farewell to them and ends the process with its exit code.
  [[noreturn]] void serve(std::future<int> command);

 private:
  using Clock = std::chrono::steady_clock;

  struct Worker {
    Clock::time_point heard = Clock::now();
    bool lost = false;                   ///< Taken for dead.
    bool resigned = false;               ///< Wants no more pairs.
    bool dismissed = false;              ///< Was told to leave.
    bool left = false;                   ///< Has said farewell.
    std::optional<cli::CloudPair> pair;  ///< What it solves.
    std::vector<bool> has_cloud;         ///< The clouds that were sent to it.
  };

  bool attend();
  void read(Letter letter);
  void take_outcome(Worker& worker, Packet packet);
  void look_for_the_lost();
  void hand_out();
  void send_cloud(int rank, Index place);
  std::vector<int> lost() const;
  void dismiss();

  Mailbox& mailbox_;
  std::atomic<double> patience_{30.0};  ///< Seconds.
  std::vector<Worker> workers_;         ///< By rank; the first, rank 0 itself, stands idle.
  bool lost_any_ = false;

  std::mutex mutex_;  ///< Guards what follows: both threads know it.
  cli::PairwiseRun* run_ = nullptr;
  const std::vector<DiscreteMeasure>* clouds_ = nullptr;
  SolveOptions options_;
  std::vector<std::weak_ptr<const Packet>> packed_clouds_;  ///< As long as one is on its way to anybody.
};

}  // namespace brenier::mpi
