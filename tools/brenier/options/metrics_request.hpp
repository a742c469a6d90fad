#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "brenier/types.hpp"
#include "options/arguments.hpp"
#include "runs/row_format.hpp"

namespace brenier::cli {

/// What is measured of each run, and where the rows go: what `brenier metrics` and `brenier watch` have in common.
struct MetricsRequest {
  std::string target;
  std::vector<int> orders = {1, 2};
  Index floor_repeats = 0;  ///< No floor where 0.
  std::string law;          ///< Of the floor's samples; empty: the target's own points.
  Index subsample = 0;      ///< Points of each draw; 0: the whole clouds.
  Index repeats = 5;        ///< Draws of each run.
  std::uint64_t seed = 0;
  bool frechet = false;
  bool nearest_neighbour = false;
  std::string centres;
  double radius = std::numeric_limits<double>::infinity();
  bool normalize = false;

  std::string out = "-";
  bool append = false;
  enum class Format { by_name, csv, json_lines } format = Format::by_name;
  int jobs = 0;     ///< 0: one a core, but no more than there are runs.
  int threads = 0;  ///< Of each job; 0: one, or all cores where the jobs leave them.
  double memory = 0.0;
  bool quiet = false;

  /// The format that was asked for, or the one of the file's name.
  RowFormat::Kind row_format() const;

  /// Everything that the figures of a row depend on, beside the run and the target, as a text.
  std::string settings() const;
};

void declare(Arguments& arguments, MetricsRequest& request);

/// What the options and columns mean, as paragraphs of a help text.
void add_metrics_notes(Arguments& arguments);

/// Refuses options that the others leave without a meaning, and outputs that cannot be written.
/// @throws UsageError, FileError
void check(const Arguments& arguments, const MetricsRequest& request, const std::vector<std::string>& runs);

}  // namespace brenier::cli
