#include "train_folder.hpp"

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "reports/report.hpp"

namespace brenier::trainer {
namespace {

namespace fs = std::filesystem;

const std::string curves_header =
    "iteration,seconds,training_seconds,w1,w2,floor_w1,floor_w2,monge_gap,l2_uvp,cos,dual_value,transport_cost,"
    "critic_objective,generator_loss,accuracy\n";

std::string field(const std::optional<double>& value) { return value ? "," + cli::digits(*value) : ","; }

}  // namespace

void TrainFolder::begin(const std::string& run, const EvaluationBatch& batch) const {
  write_run(run);
  write_measure(path("source.npz"), DiscreteMeasure(batch.noise));
  write_measure(path("target.npz"), DiscreteMeasure(batch.data));
  write_file_atomically(path("curves.csv"), curves_header);
}

void TrainFolder::write_run(const std::string& run) const { write_file_atomically(path("run.json"), run); }

bool TrainFolder::resume(Training& training, Stopwatch& stopwatch) const {
  cli::remove_unfinished_files(folder_);
  std::error_code ignored;
  if (!fs::exists(path("checkpoint.pt"), ignored)) return false;
  stopwatch = read_checkpoint(path("checkpoint.pt"), training);
  cli::cut_table(path("curves.csv"), curves_header, training.iteration());
  return true;
}

void TrainFolder::append(const CurveRow& row, const EvaluationBatch& batch) const {
  const Figures& figures = row.figures;
  const bool stepped = row.iteration > 0;
  const auto loss = [&](double value) { return field(stepped ? std::optional<double>(value) : std::nullopt); };
  cli::append_to(path("curves.csv"), std::to_string(row.iteration) + field(row.stopwatch.total) +
                                         field(row.stopwatch.training) + field(figures.w1) + field(figures.w2) +
                                         field(batch.floor_w1) + field(batch.floor_w2) + field(figures.monge_gap) +
                                         field(figures.l2_uvp) + field(figures.cosine) + field(figures.dual_value) +
                                         field(figures.transport_cost) + loss(row.losses.critic) +
                                         loss(row.losses.generator) + field(figures.accuracy) + "\n");
}

void TrainFolder::write_particles(Index iteration, const Points& particles) const {
  write_measure(path(cli::numbered("particles", iteration)), DiscreteMeasure(particles));
}

void TrainFolder::write_checkpoint(const Training& training, const Stopwatch& stopwatch) const {
  trainer::write_checkpoint(path("checkpoint.pt"), training, stopwatch);
}

}  // namespace brenier::trainer
