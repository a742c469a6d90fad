#pragma once

#include <string>

#include "methods.hpp"

namespace brenier::trainer {

/// Wall-clock time of a run, over all its parts.
struct Stopwatch {
  double total = 0.0;     ///< Seconds since the run began, evaluations included.
  double training = 0.0;  ///< Seconds of the iterations alone.
};

/// Writes the weights, running averages and optimisers' moments of a training, its iteration and its times, atomically:
/// a reader finds the old checkpoint or the new one. With the seed, which the folder's run.json holds, this is all
/// that the next iterations depend on.
/// @throws Diverged for weights that are not finite: the checkpoint before is kept. FileError.
void write_checkpoint(const std::string& file, const Training& training, const Stopwatch& stopwatch);

/// Sets a training, made with the same settings, to the state of the checkpoint.
/// @throws FileError for a file that is damaged or of another training.
Stopwatch read_checkpoint(const std::string& file, Training& training);

}  // namespace brenier::trainer
