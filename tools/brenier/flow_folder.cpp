#include "flow_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "brenier/io.hpp"
#include "report.hpp"

namespace brenier::cli {
namespace {

namespace fs = std::filesystem;

const std::string flow_header = "step,t,w1,w2,loss,velocity_norm,predicted,relative_gap,seconds\n";
const std::string bias_header = "step,t,distance,full_distance,excess_distance,root_mean_square\n";

std::string read_file(const std::string& name) {
  std::ifstream stream(name, std::ios::binary);
  if (!stream) throw FileError(name + ": cannot be read: " + std::strerror(errno));
  return {std::istreambuf_iterator<char>(stream), {}};
}

void append_to(const std::string& name, const std::string& text) {
  std::ofstream stream(name, std::ios::binary | std::ios::app);
  stream << text << std::flush;
  if (!stream) throw WriteError(name + ": cannot be written: " + std::strerror(errno));
}

std::string field(const std::optional<double>& value) { return value ? digits(*value) : ""; }

/// The step in the first field of a row, or −1.
Index step_of(const std::string& row) {
  Index step = -1;
  const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), step);
  return error == std::errc() && end != row.data() + row.size() && *end == ',' ? step : -1;
}

double last_field(const std::string& row) {
  double value = 0.0;
  std::from_chars(row.data() + row.rfind(',') + 1, row.data() + row.size(), value);
  return value;
}

}  // namespace

std::string numbered(const std::string& stem, Index number) {
  const std::string text = std::to_string(number);
  return stem + "_" + std::string(text.size() < 6 ? 6 - text.size() : 0, '0') + text + ".npz";
}

std::optional<std::string> FlowFolder::run() const {
  const std::string name = path("run.json");
  std::error_code ignored;
  if (!fs::exists(name, ignored)) return std::nullopt;
  return read_file(name);
}

void FlowFolder::make() const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) throw FileError(folder_.string() + ": cannot be made: " + error.message());
  check_writable(path("run.json"));
}

void FlowFolder::begin(const std::string& run, const DiscreteMeasure& target) const {
  write_file_atomically(path("run.json"), run);
  write_measure(path("target.npz"), target);
}

void FlowFolder::begin_flow(const std::string& run, const DiscreteMeasure& target, bool with_bias) const {
  begin(run, target);
  write_file_atomically(path("flow.csv"), flow_header);
  if (with_bias) write_file_atomically(path("bias.csv"), bias_header);
}

std::string FlowFolder::cut(const std::string& name, const std::string& header, Index last) const {
  std::istringstream lines(read_file(path(name)));
  std::string kept, line, row;
  std::getline(lines, kept);
  kept += '\n';
  if (kept != header) throw FileError(path(name) + ": line 1: expected " + header.substr(0, header.size() - 1));
  // A row that a kill cut short is longer known by no checkpoint, or was written again behind it.
  while (std::getline(lines, line) && !lines.eof() && step_of(line) >= 0 && step_of(line) <= last) {
    kept += line + '\n';
    row = line;
  }
  write_file_atomically(path(name), kept);
  return row;
}

std::optional<FlowState> FlowFolder::resume(const std::string& run, bool with_bias) const {
  for (const auto& entry : fs::directory_iterator(folder_)) {
    // What a kill left of a file that was being written.
    if (entry.path().filename().string().find(".tmp-") != std::string::npos) fs::remove(entry.path());
  }
  std::error_code ignored;
  if (!fs::exists(path("checkpoint.npz"), ignored)) return std::nullopt;
  FlowState state = read_flow_state(path("checkpoint.npz"));
  const std::string last_row = cut("flow.csv", flow_header, state.record.step);
  if (step_of(last_row) != state.record.step) {
    throw FileError(path("flow.csv") + ": its last whole row is of step " + std::to_string(step_of(last_row)) +
                    ", expected step " + std::to_string(state.record.step) + " of the checkpoint");
  }
  if (with_bias) cut("bias.csv", bias_header, state.record.step);
  write_file_atomically(path("run.json"), run);
  state.record.seconds = last_field(last_row);
  return state;
}

void FlowFolder::append(const FlowRecord& record) const {
  append_to(path("flow.csv"), std::to_string(record.step) + "," + digits(record.time) + "," + field(record.w1) + "," +
                                  field(record.w2) + "," + digits(record.loss) + "," + digits(record.velocity_norm) +
                                  "," + field(record.predicted) + "," + digits(record.relative_gap) + "," +
                                  digits(record.seconds) + "\n");
}

void FlowFolder::append_bias(const FlowRecord& record, const FlowRecord& full, int order, const FlowBias& bias) const {
  const auto own = [order](const FlowRecord& of) { return field(order == 1 ? of.w1 : of.w2); };
  append_to(path("bias.csv"), std::to_string(record.step) + "," + digits(record.time) + "," + own(record) + "," +
                                  own(full) + "," + field(bias.excess_distance) + "," + digits(bias.root_mean_square) +
                                  "\n");
}

void FlowFolder::write_snapshot(const FlowState& state) const {
  write_particles(path(numbered("particles", state.record.step)), state);
}

void FlowFolder::write_checkpoint(const FlowState& state, const FlowState* full) const {
  const std::string beside = numbered("full", state.record.step);
  if (full != nullptr) write_flow_state(path(beside), *full);
  write_flow_state(path("checkpoint.npz"), state);
  if (full == nullptr) return;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind("full_", 0) == 0 && name != beside) fs::remove(entry.path());
  }
}

FlowState FlowFolder::full_state(Index step) const { return read_flow_state(path(numbered("full", step))); }

}  // namespace brenier::cli
