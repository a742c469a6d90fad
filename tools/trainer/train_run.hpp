#pragma once

#include <functional>
#include <optional>

#include "train_folder.hpp"

namespace brenier::trainer {

/// When a run does what beside its iterations.
struct Schedule {
  Index iterations = 5000;       ///< In all.
  Index eval_every = 10;         ///< A row of curves.csv at each multiple, 0 included.
  Index checkpoint_every = 100;  ///< A checkpoint at each multiple, and at the end.
  Index particles_every = 1000;  ///< G(z) at each multiple that is evaluated, and at the end.
};

/// A training on its way through its folder.
class TrainRun {
 public:
  TrainRun(const Schedule& schedule, TrainFolder folder, Training& training, const EvaluationBatch& batch)
      : schedule_(schedule), folder_(std::move(folder)), training_(training), batch_(batch) {}

  /// Begins with the first row, or goes on from the last checkpoint.
  /// @throws cli::UsageError when more iterations are done than are asked for.
  void start(const std::string& description, bool resume);

  /// Trains to the last iteration, or until `proceed`, asked after each one, says no; the state is in the folder then.
  /// @param proceed gets the iteration and the last row, if any was made by this process.
  /// @returns whether all iterations are done.
  /// @throws Diverged: the last checkpoint is kept.
  bool run(const std::function<bool(Index, const std::optional<CurveRow>&)>& proceed);

  const Stopwatch& stopwatch() const { return stopwatch_; }
  const std::optional<CurveRow>& last_row() const { return last_row_; }

 private:
  void evaluate_now();
  void checkpoint();

  Schedule schedule_;
  TrainFolder folder_;
  Training& training_;
  const EvaluationBatch& batch_;
  Stopwatch stopwatch_;
  Losses losses_;
  std::optional<CurveRow> last_row_;
};

}  // namespace brenier::trainer
