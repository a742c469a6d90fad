#include "train_run.hpp"

#include <chrono>

#include "options/command.hpp"

namespace brenier::trainer {
namespace {

/// Adds the time that it lived to a sum of seconds.
class Timed {
 public:
  explicit Timed(double& seconds) : seconds_(seconds) {}
  ~Timed() { seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;

 private:
  double& seconds_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace

void TrainRun::start(const std::string& description, bool resume) {
  if (resume && folder_.resume(training_, stopwatch_)) {
    if (training_.iteration() > schedule_.iterations) {
      throw cli::UsageError("--iterations " + std::to_string(schedule_.iterations) + ": " +
                            std::to_string(training_.iteration()) + " are done already");
    }
    folder_.write_run(description);
    return;
  }
  folder_.begin(description, batch_);
  evaluate_now();
  checkpoint();
}

bool TrainRun::run(const std::function<bool(Index, const std::optional<CurveRow>&)>& proceed) {
  bool stopped = false;
  while (!stopped && training_.iteration() < schedule_.iterations) {
    double seconds = 0.0;
    {
      const Timed timed(seconds);
      losses_ = training_.step();
    }
    stopwatch_.training += seconds;
    stopwatch_.total += seconds;
    const Index iteration = training_.iteration();
    if (iteration % schedule_.eval_every == 0) evaluate_now();
    if (iteration % schedule_.checkpoint_every == 0) checkpoint();
    stopped = !proceed(iteration, last_row_);
  }
  checkpoint();
  folder_.write_particles(training_.iteration(), generated(training_, batch_.noise));
  return training_.iteration() >= schedule_.iterations;
}

void TrainRun::evaluate_now() {
  const Index iteration = training_.iteration();
  Figures figures;
  {
    const Timed timed(stopwatch_.total);
    figures = evaluate(training_, batch_);
  }
  last_row_ = CurveRow{iteration, stopwatch_, figures, losses_};
  folder_.append(*last_row_, batch_);
  if (iteration % schedule_.particles_every == 0) {
    folder_.write_particles(iteration, generated(training_, batch_.noise));
  }
}

void TrainRun::checkpoint() {
  const Timed timed(stopwatch_.total);
  folder_.write_checkpoint(training_, stopwatch_);
}

}  // namespace brenier::trainer
