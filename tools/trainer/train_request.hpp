#pragma once

#include <string>
#include <vector>

#include "digit_domains.hpp"
#include "evaluation.hpp"
#include "settings.hpp"
#include "train_run.hpp"

namespace brenier::trainer {

/// A family of settings and data.
enum class Preset { ring, digits };

/// What `brenier train` is asked to do.
struct TrainRequest {
  Preset preset = Preset::ring;
  Settings settings;
  Schedule schedule;
  std::string source = "gaussian:std=0.05,stratified=yes";  ///< A law or a cloud file; not used for digits.
  std::string target = "ring:stratified=yes";
  DigitFiles digits;
  Direction direction = Direction::usps_to_mnist;
  Index labelled = 2000;
  Index eval_size = 512;
  std::string out;
  bool resume = false;
  bool quiet = false;
};

/// Reads the command line. False when the help was asked for and printed instead.
/// @throws cli::UsageError
bool parse_train(const std::vector<std::string>& words, TrainRequest& request);

/// The data that a request names. @throws FileError, cli::UsageError
TrainingData read_data(const TrainRequest& request);

/// The content of run.json: every option, the versions, and fingerprints of the data. Holds no time: the same command
/// gives the same bytes.
std::string describe_run(const TrainRequest& request, const TrainingData& data, const EvaluationBatch& batch);

/// Whether the folder of the request holds the training that it asks for, described so. It may go on with more
/// iterations, other names of the same files, other periods of checkpoints and particles.
/// @throws as `cli::goes_on`
bool goes_on(const TrainRequest& request, const std::string& description);

}  // namespace brenier::trainer
