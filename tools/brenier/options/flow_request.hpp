#pragma once

#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/euler_flow.hpp"

namespace brenier::cli {

/// At which steps a flow records the exact distances that its own solves do not give.
enum class Distances { own, snapshots, all };

/// What `brenier flow` is asked to do.
struct FlowRequest {
  std::string source;
  std::string target;
  std::string passengers;
  std::string out;
  FlowOptions options;  ///< Of the full flow.
  Minibatch minibatch;  ///< No minibatch flow where `targets` is 0.
  std::string law;      ///< As it was typed.
  Index steps = 0;
  Index every = 10;
  Distances distances = Distances::snapshots;
  bool bias = true;
  bool normalize = false;
  bool resume = false;
  bool quiet = false;

  /// True at the steps whose particles are written.
  bool is_snapshot(Index step) const { return step % every == 0 || step == steps; }

  bool is_minibatch() const { return minibatch.targets > 0; }

  /// True when the full flow runs beside a minibatch flow.
  bool compares() const { return is_minibatch() && bias; }

  /// The options of the flow that is asked for.
  FlowOptions flow_options() const;
};

/// The clouds of a flow, as they take part in it.
struct FlowClouds {
  DiscreteMeasure source;
  DiscreteMeasure target;
  Points passengers;
};

/// Reads the command line. False when the help was asked for and printed instead.
/// @throws UsageError
bool parse_flow(const std::vector<std::string>& words, FlowRequest& request);

/// Reads the clouds, scaled to mass 1 where that was asked for.
/// @throws as `read_clouds`
FlowClouds read_flow_clouds(const FlowRequest& request);

/// The content of run.json: every option, the version, and fingerprints of the clouds. Holds no time and no path but
/// the names of the clouds: the same command gives the same bytes.
std::string describe_run(const FlowRequest& request, const FlowClouds& clouds);

/// Whether the folder of the request holds the flow that it asks for, described so. What does not change the steps may
/// differ: names of files with the same content, number of steps, threads.
/// @throws as `goes_on` for any run
bool goes_on(const FlowRequest& request, const std::string& description);

}  // namespace brenier::cli
