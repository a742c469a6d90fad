#pragma once

#include <functional>
#include <string>
#include <vector>

#include "runs/row_file.hpp"
#include "runs/run_metrics.hpp"

namespace brenier::cli {

/// What came of some runs.
struct RunsOutcome {
  Index rows = 0;           ///< That were added.
  Index failed = 0;         ///< Those of them with an error.
  bool is_complete = true;  ///< False when the user wanted to stop before the end.
};

/// Measures the runs and adds a row for each, as it is done. On standard output the rows are in the order of the runs.
RunsOutcome measure_runs(const RunMetrics& metrics, const std::vector<std::string>& runs, int jobs, RowFile& file,
                         const std::function<void(Index done)>& on_row);

}  // namespace brenier::cli
