#include <algorithm>
#include <iostream>
#include <set>

#include "options/arguments.hpp"
#include "options/metrics_request.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"
#include "runs/measure_runs.hpp"
#include "runs/natural_order.hpp"

namespace brenier::cli {
namespace {

/// The runs that have no row yet.
std::vector<std::string> remaining(std::vector<std::string> runs, const std::vector<StoredRow>& earlier) {
  std::set<std::string> done;
  for (const StoredRow& row : earlier) done.insert(row.fields.front());
  const auto is_done = [&done](const std::string& run) { return done.count(run) > 0; };
  runs.erase(std::remove_if(runs.begin(), runs.end(), is_done), runs.end());
  return runs;
}

}  // namespace

int run_metrics(const std::vector<std::string>& words) {
  MetricsRequest request;
  std::vector<std::string> typed;
  Arguments arguments("metrics",
                      "Measures each RUN, a cloud that a generator has drawn, against TARGET: a row of exact figures a "
                      "run,\nin natural order (epoch_2 before epoch_10). A run that cannot be measured gets a row that "
                      "says why.");
  arguments.positional("TARGET", request.target, "cloud that the runs are compared with");
  arguments.operands("RUN", typed, "clouds to measure, one or more; a quoted pattern such as 'epoch_*.npy' will do");
  declare(arguments, request);
  add_metrics_notes(arguments);
  arguments.note(
      "Each row is written as it is done. A run that was stopped or killed goes on with --append; rows with an error\n"
      "are tried again. The finished FILE is in natural order, whatever the number of jobs. The exit code is 1 when a\n"
      "row has an error.\n");
  if (!arguments.parse(words)) return exit_done;
  if (typed.empty()) throw UsageError("RUN is missing");
  const std::vector<std::string> runs = files_in_natural_order(typed);
  check(arguments, request, runs);

  const InterruptGuard guard(!request.quiet, "stopping after the rows that are done");
  ProgressLine monitor(true);
  const JobShares shares = share_out(request, static_cast<Index>(runs.size()));
  RunMetrics metrics(request, shares, monitor);
  RowFile file(request.out, RowFormat(request.row_format(), metrics.columns()), request.append);
  metrics.prepare_floor(request.out, file.earlier());
  const std::vector<std::string> left = remaining(runs, file.earlier());
  const auto before = static_cast<Index>(runs.size() - left.size());
  RunsOutcome outcome;
  {
    ProgressBar progress(request.quiet, before, static_cast<Index>(runs.size()), "run");
    outcome = measure_runs(metrics, left, shares.jobs, file, [&](Index done) { progress.reach(before + done, ""); });
  }
  file.finish();

  if (!outcome.is_complete) {
    throw Failure("interrupted after " + count(before + outcome.rows, "row") + " of " + std::to_string(runs.size()) +
                  (file.is_stream() ? "" : "; the same command with --append goes on from there"));
  }
  if (!file.is_stream()) std::cout << request.out << ": " << count(before + outcome.rows, "row") << '\n';
  if (outcome.failed > 0) {
    throw Failure(count(outcome.failed, "run") + " of " + std::to_string(runs.size()) +
                  " could not be measured: the column error says why");
  }
  return exit_done;
}

}  // namespace brenier::cli
