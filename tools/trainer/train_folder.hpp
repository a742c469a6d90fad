#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "checkpoint.hpp"
#include "evaluation.hpp"
#include "runs/run_folder.hpp"

namespace brenier::trainer {

/// A row of curves.csv.
struct CurveRow {
  Index iteration = 0;
  Stopwatch stopwatch;
  Figures figures;
  Losses losses;  ///< Of the iteration's last steps; not known at iteration 0.
};

/// The folder of a training, and all that is known of the formats in it.
///
/// | file | content |
/// |---|---|
/// | run.json | every option, version, fingerprints of what was read |
/// | curves.csv | a row an evaluation, see `curves_header` |
/// | source.npz, target.npz | the fixed z and x of the evaluation |
/// | particles_000000.npz | G(z) at that iteration |
/// | checkpoint.pt | the state of the training |
///
/// Rows are appended before the checkpoint that knows of them is renamed into place, and `resume` cuts off those that
/// no checkpoint knows of: a kill at any moment loses at most the work since the last checkpoint.
class TrainFolder {
 public:
  explicit TrainFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Makes the folder where it is not there. @throws FileError
  [[nodiscard]] cli::NewFolder make() const { return cli::make_run_folder(folder_); }

  /// Writes run.json, the fixed batches and the head of curves.csv.
  void begin(const std::string& run, const EvaluationBatch& batch) const;

  /// Sets the training to the last checkpoint and curves.csv to what was there then; false where there is none.
  /// @throws FileError for files that are damaged
  bool resume(Training& training, Stopwatch& stopwatch) const;

  void write_run(const std::string& run) const;
  void append(const CurveRow& row, const EvaluationBatch& batch) const;
  void write_particles(Index iteration, const Points& particles) const;
  void write_checkpoint(const Training& training, const Stopwatch& stopwatch) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace brenier::trainer
