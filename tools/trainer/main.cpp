#include <dlfcn.h>
#include <malloc.h>

#include <iostream>

#include "brenier/version.hpp"
#include "options/arguments.hpp"
#include "program.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"
#include "train_request.hpp"

namespace brenier::trainer {
namespace {

/// Threads of everything below: LibTorch's own, and those of OpenBLAS where that is the BLAS that it calls, which
/// listens to no one else.
void set_threads(int threads) {
  torch::set_num_threads(threads);
  using SetThreads = void (*)(int);
  if (const auto set = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
}

/// Tensors of a step are some hundred kilobytes, which malloc would fetch from the system and give back each time.
void keep_freed_memory() {
  constexpr int size = 1 << 28;
  mallopt(M_MMAP_THRESHOLD, size);
  mallopt(M_TRIM_THRESHOLD, size);
}

std::string figures(const std::optional<CurveRow>& row) {
  if (!row) return "";
  std::string text = "W1 " + cli::digits(row->figures.w1, 4) + ", W2 " + cli::digits(row->figures.w2, 4);
  if (row->figures.accuracy) text += ", 1-NN " + cli::digits(*row->figures.accuracy, 4);
  return text;
}

void add(cli::Summary& summary, const std::string& label, const std::optional<double>& value,
         const std::string& rest = "") {
  if (value) summary.add(label, cli::digits(*value, 6) + rest);
}

std::string with_floor(const std::optional<double>& floor) {
  return floor ? " (floor " + cli::digits(*floor, 6) + ")" : "";
}

void summarise(const TrainRequest& request, const Training& training, const TrainRun& run, const EvaluationBatch& batch,
               bool done) {
  cli::Summary summary;
  summary.add("method", to_string(request.settings.method) + ", K = " + std::to_string(request.settings.persistence));
  summary.add("iterations",
              std::to_string(training.iteration()) + " of " + std::to_string(request.schedule.iterations));
  if (!done) summary.add("", "interrupted; the same command with --resume goes on from here");
  if (const std::optional<CurveRow>& row = run.last_row()) {
    const Figures& figures = row->figures;
    summary.add("evaluated at", std::to_string(row->iteration));
    add(summary, "W1 to the data", figures.w1, with_floor(batch.floor_w1));
    add(summary, "W2 to the data", figures.w2, with_floor(batch.floor_w2));
    add(summary, "Monge gap", figures.monge_gap);
    add(summary, "L2-UVP", figures.l2_uvp, " %");
    add(summary, "cos", figures.cosine);
    if (figures.dual_value) {
      add(summary, "dual value", figures.dual_value, " of " + cli::digits(*figures.transport_cost, 6));
    }
    add(summary, "1-NN accuracy", figures.accuracy);
  }
  summary.add("time", cli::digits(run.stopwatch().total, 4) + " s, " + cli::digits(run.stopwatch().training, 4) +
                          " s of them training");
  std::cout << summary;
}

int train(const TrainRequest& request) {
  set_threads(request.settings.threads);
  const TrainingData data = read_data(request);
  const TrainFolder folder(request.out);
  const EvaluationBatch batch = evaluation_batch(data, request.eval_size, request.settings);
  const std::string description = describe_run(request, data, batch);
  const bool resume = goes_on(request, description);
  const cli::NewFolder gone_if_left_empty = folder.make();

  cli::InterruptGuard guard(!request.quiet, "stopping after this iteration");
  Training training(request.settings, std::make_shared<ResidualGenerator>(data.target.dimension(), request.settings),
                    data.source, data.target);
  TrainRun run(request.schedule, folder, training, batch);
  run.start(description, resume);
  cli::ProgressBar bar(request.quiet, training.iteration(), request.schedule.iterations);
  const bool done = run.run([&](Index iteration, const std::optional<CurveRow>& row) {
    bar.reach(iteration, figures(row));
    return !cli::InterruptGuard::requested();
  });
  summarise(request, training, run, batch, done);
  return done ? cli::exit_done : cli::exit_failed;
}

int run_trainer(const std::vector<std::string>& words) {
  if (words == std::vector<std::string>{"--version"}) {
    std::cout << "brenier-train " << version() << ", LibTorch " << TORCH_VERSION << '\n';
    return cli::exit_done;
  }
  TrainRequest request;
  if (!parse_train(words, request)) return cli::exit_done;
  try {
    return train(request);
  } catch (const Diverged& error) {
    const bool kept = std::filesystem::exists(TrainFolder(request.out).path("checkpoint.pt"));
    throw cli::Failure(error.what() + std::string(kept ? "; the last good checkpoint is kept in " + request.out : ""));
  } catch (const c10::Error& error) {
    throw cli::Failure(error.what_without_backtrace());
  }
}

std::string help_hint(const std::vector<std::string>&) { return "; see brenier train --help"; }

}  // namespace
}  // namespace brenier::trainer

int main(int argc, char** argv) {
  brenier::trainer::keep_freed_memory();
  return brenier::cli::run_program("brenier", {argv + 1, argv + argc}, brenier::trainer::run_trainer,
                                   brenier::trainer::help_hint);
}
