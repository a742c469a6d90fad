#include "checkpoint.hpp"

#include <sstream>

#include "brenier/io.hpp"
#include "io/output.hpp"

namespace brenier::trainer {

void write_checkpoint(const std::string& file, const Training& training, const Stopwatch& stopwatch) {
  torch::serialize::OutputArchive archive;
  training.save(archive);
  archive.write("seconds", torch::tensor({stopwatch.total, stopwatch.training}, torch::kFloat64), true);
  std::ostringstream bytes;
  archive.save_to(bytes);
  write_file_atomically(file, bytes.str());
}

Stopwatch read_checkpoint(const std::string& file, Training& training) {
  try {
    torch::serialize::InputArchive archive;
    archive.load_from(file);
    training.load(archive);
    torch::Tensor seconds;
    archive.read("seconds", seconds, true);
    return {seconds[0].item<double>(), seconds[1].item<double>()};
  } catch (const c10::Error& error) {
    const std::string reason = error.what_without_backtrace();
    throw FileError(file + ": cannot be read as a checkpoint of this training: " + reason.substr(0, reason.find('\n')));
  }
}

}  // namespace brenier::trainer
