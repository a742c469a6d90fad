#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "reports/progress.hpp"
#include "runs/pair_journal.hpp"
#include "runs/pair_schedule.hpp"
#include "runs/pair_solver.hpp"

namespace brenier::cli {

/// All distances between some clouds while they are computed: hands out pairs, takes their outcomes, keeps the journal
/// and shows the progress. Who solves the pairs, and in what order they come back, is all the same to it.
///
/// Every function may be called from every thread.
class PairwiseRun {
 public:
  /// @param journal of what is finished, now and earlier; may be null. It and the bar must outlive the run.
  PairwiseRun(const std::vector<DiscreteMeasure>& clouds, const PairJournal* journal, ProgressBar& progress);

  /// The next pair to solve, once there is one; nothing when the run is over. Whoever takes a pair settles it.
  std::optional<CloudPair> take();

  /// The same without waiting: nothing when there is no pair now.
  std::optional<CloudPair> try_take();

  /// A proven pair is kept, a failed one is noted, one that was stopped goes to the next who takes one. A pair that
  /// comes a second time changes nothing.
  void settle(const CloudPair& pair, const PairOutcome& outcome);

  /// True when no pair is left, the user wants to stop, or the journal could not be written.
  bool is_over() const;

  /// @name After the run.
  /// @{
  bool is_complete() const;  ///< Every pair was settled.
  Index settled() const;
  Index size() const { return schedule_.size(); }

  /// The pairs that were refused or could not be solved, in the order of the matrix.
  struct FailedPair {
    CloudPair pair;
    PairOutcome::Kind kind;
    std::string reason;
  };
  std::vector<FailedPair> failed() const;

  /// K×K, symmetric, with zeros on the diagonal and NaN where no distance is known.
  const Points& distances() const { return distances_; }

  /// Throws what went wrong with the journal, if anything did.
  void rethrow_failure() const;
  /// @}

 private:
  bool ended() const;
  void keep(const PairDistance& finished);
  void show();

  const PairJournal* journal_;
  ProgressBar& progress_;

  mutable std::mutex mutex_;  ///< Guards what follows.
  std::condition_variable changed_;
  PairSchedule schedule_;
  Points distances_;
  std::vector<FailedPair> failed_;
  std::exception_ptr failure_;
};

}  // namespace brenier::cli
