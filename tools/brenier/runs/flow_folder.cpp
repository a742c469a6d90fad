#include "runs/flow_folder.hpp"

#include <charconv>
#include <cmath>
#include <vector>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "reports/report.hpp"
#include "runs/number_table.hpp"

namespace brenier::cli {
namespace {

namespace fs = std::filesystem;

const std::string flow_header = "step,t,w1,w2,loss,velocity_norm,predicted,relative_gap,seconds\n";
const std::string bias_header = "step,t,distance,full_distance,excess_distance,root_mean_square\n";

std::string field(const std::optional<double>& value) { return value ? digits(*value) : ""; }

double last_field(const std::string& row) {
  double value = 0.0;
  std::from_chars(row.data() + row.rfind(',') + 1, row.data() + row.size(), value);
  return value;
}

/// A row of flow.csv.
FlowRecord record_of(const NumberTable& table, std::size_t row) {
  const std::vector<std::optional<double>>& fields = table.rows[row];
  for (const std::size_t required : {0, 1, 4, 5, 7, 8}) {
    if (fields[required]) continue;
    throw FileError(table.place(row) + ": has no " + table.names[required] + ", expected a number");
  }
  if (!(*fields[0] >= 0.0 && *fields[0] <= 1e15 && *fields[0] == std::floor(*fields[0]))) {
    throw FileError(table.place(row) + ": found step " + digits(*fields[0]) + ", expected a whole number");
  }
  return {static_cast<Index>(*fields[0]),
          *fields[1],
          fields[2],
          fields[3],
          *fields[4],
          *fields[5],
          fields[6],
          *fields[7],
          *fields[8]};
}

}  // namespace

NewFolder FlowFolder::make() const { return make_run_folder(folder_); }

void FlowFolder::begin(const std::string& run, const DiscreteMeasure& target) const {
  write_file_atomically(path("run.json"), run);
  write_measure(path("target.npz"), target);
}

void FlowFolder::begin_flow(const std::string& run, const DiscreteMeasure& target, bool with_bias) const {
  begin(run, target);
  write_file_atomically(path("flow.csv"), flow_header);
  if (with_bias) write_file_atomically(path("bias.csv"), bias_header);
}

std::optional<FlowState> FlowFolder::resume(const std::string& run, bool with_bias) const {
  remove_unfinished_files(folder_);
  std::error_code ignored;
  if (!fs::exists(path("checkpoint.npz"), ignored)) return std::nullopt;
  FlowState state = read_flow_state(path("checkpoint.npz"));
  const std::string last_row = cut_table(path("flow.csv"), flow_header, state.record.step);
  if (row_number(last_row) != state.record.step) {
    throw FileError(path("flow.csv") + ": its last whole row is of step " + std::to_string(row_number(last_row)) +
                    ", expected step " + std::to_string(state.record.step) + " of the checkpoint");
  }
  if (with_bias) cut_table(path("bias.csv"), bias_header, state.record.step);
  write_file_atomically(path("run.json"), run);
  state.record.seconds = last_field(last_row);
  return state;
}

std::vector<FlowRecord> FlowFolder::records() const {
  const NumberTable table = read_number_table(path("flow.csv"));
  std::string header;
  for (const std::string& name : table.names) header += (header.empty() ? "" : ",") + name;
  if (header + '\n' != flow_header) {
    throw FileError(table.file + ": line 1: expected " + flow_header.substr(0, flow_header.size() - 1));
  }
  std::vector<FlowRecord> records;
  for (std::size_t row = 0; row < table.rows.size(); ++row) records.push_back(record_of(table, row));
  return records;
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
