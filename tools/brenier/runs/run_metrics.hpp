#pragma once

#include <functional>
#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/solve.hpp"
#include "options/metrics_request.hpp"
#include "runs/row_format.hpp"

namespace brenier::cli {

/// How the jobs share this machine.
struct JobShares {
  int jobs = 1;
  int threads = 1;      ///< Of each job.
  double memory = 0.0;  ///< Bytes of each job.
};

/// @param runs how many there are to measure; −1 where nobody knows.
JobShares share_out(const MetricsRequest& request, Index runs);

/// Measures run files against one target, on several threads at once: all that belongs to the target alone is read,
/// checked and computed when this is made, and only read from then on.
class RunMetrics {
 public:
  /// @throws as `read_measure`, and std::invalid_argument for what does not fit the target.
  RunMetrics(const MetricsRequest& request, const JobShares& shares, Monitor& monitor);

  const std::vector<std::string>& columns() const { return columns_; }

  /// Measures the floor; from the earlier rows where there are some: they hold it already.
  /// @throws UsageError when the rows were measured against another target or with other options.
  void prepare_floor(const std::string& file, const std::vector<StoredRow>& earlier);

  /// The row of a file; of one that is bad, the row that says why.
  /// @throws NotProven when the monitor wanted to stop: then there is no row.
  std::vector<Cell> row(const std::string& run) const;

 private:
  /// Some columns and how they are computed.
  struct Measure {
    std::vector<std::string> columns;
    std::function<std::vector<Cell>(const DiscreteMeasure& run)> cells;
  };

  void add_distances();
  void add_floor();
  void add_frechet();
  void add_nearest_neighbour();
  void add_modes();
  SolveOptions solve_options(int order) const;

  /// A subsample has no mass of its own.
  bool normalizes() const { return request_.normalize || request_.subsample > 0; }

  const MetricsRequest& request_;
  JobShares shares_;
  Monitor& monitor_;
  DiscreteMeasure target_;
  std::string fingerprint_;
  std::vector<Measure> measures_;
  std::vector<std::string> columns_;
  std::vector<Cell> floor_;
};

}  // namespace brenier::cli
