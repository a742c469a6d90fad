#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/euler_flow.hpp"
#include "runs/run_folder.hpp"

namespace brenier::cli {

/// The folder of a flow, and all that is known of the formats in it.
///
/// | file | content |
/// |---|---|
/// | run.json | every option, version, seed, fingerprints of the clouds |
/// | flow.csv | a row a step, see `flow_header`; unknown fields are empty |
/// | particles_000000.npz | points, weights, identity, passengers at that step |
/// | target.npz | the target |
/// | bias.csv | minibatch: a row a snapshot, see `bias_header` |
/// | checkpoint.npz | the state at the last step that was kept |
/// | full_000000.npz | that of the full flow beside it |
///
/// Nothing is trusted to a file in parts: rows are appended before the checkpoint that knows of them is renamed into
/// place, and `resume` cuts off those that no checkpoint knows of. A kill at any moment loses at most the steps since
/// the last checkpoint, and repeats them to the same bytes. Only the column `seconds` differs from run to run.
class FlowFolder {
 public:
  explicit FlowFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Makes the folder where it is not there: asked before a long solve, not after it. @throws FileError
  [[nodiscard]] NewFolder make() const;

  /// Writes run.json and target.npz. @throws FileError
  void begin(const std::string& run, const DiscreteMeasure& target) const;

  /// The same, and the tables of a flow that has no step yet.
  void begin_flow(const std::string& run, const DiscreteMeasure& target, bool with_bias) const;

  /// Goes back to the last checkpoint and gives its state, its `seconds` from the table; nothing where there is none.
  /// @throws FileError for files that are damaged
  std::optional<FlowState> resume(const std::string& run, bool with_bias) const;

  /// The rows of flow.csv, up to one that a kill cut short. @throws FileError when there is no row, or one is damaged.
  std::vector<FlowRecord> records() const;

  /// The steps of the snapshots, ascending.
  std::vector<Index> snapshots() const { return cli::snapshots(folder_); }

  void append(const FlowRecord& record) const;
  void append_bias(const FlowRecord& record, const FlowRecord& full, int order, const FlowBias& bias) const;
  void write_snapshot(const FlowState& state) const;

  /// @param full the state of the full flow at the same step; may be null.
  void write_checkpoint(const FlowState& state, const FlowState* full) const;

  /// The state of the full flow that belongs to a checkpoint.
  FlowState full_state(Index step) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace brenier::cli
