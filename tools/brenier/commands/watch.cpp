#include <chrono>
#include <filesystem>
#include <iostream>
#include <limits>
#include <thread>

#include "brenier/io.hpp"
#include "options/arguments.hpp"
#include "options/metrics_request.hpp"
#include "options/option_values.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"
#include "runs/measure_runs.hpp"
#include "runs/watched_folder.hpp"

namespace brenier::cli {
namespace {

struct WatchRequest {
  std::string folder;
  MetricsRequest metrics;
  Patience patience;
  double idle = std::numeric_limits<double>::infinity();
  Index count = std::numeric_limits<Index>::max();
};

void declare(Arguments& arguments, WatchRequest& request) {
  arguments.positional("DIR", request.folder, "folder that a trainer writes .npy and .npz files into");
  arguments.positional("TARGET", request.metrics.target, "cloud that they are compared with");
  declare(arguments, request.metrics);
  arguments.option("idle", "SECONDS", real_number(request.idle, Range::positive),
                   "end when nothing has been measured for so long (default: Ctrl-C ends it)");
  arguments.option("count", "N", whole_number(request.count, Index{1}, Index{1} << 53), "end after N rows");
  arguments.option("settle", "SECONDS", real_number(request.patience.settle, Range::not_negative),
                   "a file is left alone until it has not changed for so long (default 0.5)");
  arguments.option("patience", "SECONDS", real_number(request.patience.broken, Range::not_negative),
                   "a file that cannot be read gets a row with an error when it has not changed for so long (default "
                   "60)");
  add_metrics_notes(arguments);
  arguments.note(
      "A file is measured once it has settled and is whole: one that is still being written is waited for. Surest is\n"
      "a name that begins with a dot, which is left alone, and a rename when the file is whole. Files that are there\n"
      "at the beginning are measured too; with --append, those that have no row yet. Ctrl-C ends the watch: the exit\n"
      "code is 1 only if a row has an error.\n");
}

/// ", 3 rows, waiting for 1 file to be whole".
std::string progress_of(const RunsOutcome& all, const WatchedFolder& folder) {
  std::string text;
  if (all.rows > 0) text += ", " + count(all.rows, "row");
  if (folder.waiting() > 0) {
    text += ", waiting for " + count(static_cast<Index>(folder.waiting()), "file") + " to be whole";
  }
  return text;
}

/// Measures what comes until the request, or the user, says that it is enough.
RunsOutcome watch(const WatchRequest& request, const RunMetrics& metrics, int jobs, WatchedFolder& folder,
                  RowFile& file, LiveLine& line) {
  using Clock = std::chrono::steady_clock;
  constexpr auto period = std::chrono::milliseconds(100);
  RunsOutcome all;
  for (auto last = Clock::now(); !InterruptGuard::requested() && all.rows < request.count;) {
    std::vector<std::string> files = folder.next_files();
    line.show("watching " + request.folder, progress_of(all, folder));
    if (files.empty()) {
      if (std::chrono::duration<double>(Clock::now() - last).count() >= request.idle) break;
      std::this_thread::sleep_for(period);
      continue;
    }
    const auto wanted = static_cast<std::size_t>(request.count - all.rows);
    if (files.size() > wanted) files.resize(wanted);
    const RunsOutcome batch = measure_runs(metrics, files, jobs, file, [](Index) {});
    all.rows += batch.rows;
    all.failed += batch.failed;
    last = Clock::now();
  }
  return all;
}

}  // namespace

int run_watch(const std::vector<std::string>& words) {
  WatchRequest request;
  Arguments arguments("watch",
                      "Follows a folder and measures each cloud that a trainer drops there against TARGET: a row of "
                      "exact\nfigures for each complete new .npy or .npz file.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  std::error_code ignored;
  if (!std::filesystem::is_directory(request.folder, ignored)) throw FileError(request.folder + ": is no folder");
  check(arguments, request.metrics, {});

  const InterruptGuard guard(!request.metrics.quiet, "stopping after the rows that are done");
  ProgressLine monitor(true);
  const JobShares shares = share_out(request.metrics, -1);
  RunMetrics metrics(request.metrics, shares, monitor);
  RowFile file(request.metrics.out, RowFormat(request.metrics.row_format(), metrics.columns()), request.metrics.append);
  metrics.prepare_floor(request.metrics.out, file.earlier());
  WatchedFolder folder(request.folder, request.patience);
  for (const StoredRow& row : file.earlier()) folder.leave_out(row.fields.front());
  RunsOutcome outcome;
  {
    LiveLine line(request.metrics.quiet);
    outcome = watch(request, metrics, shares.jobs, folder, file, line);
  }
  file.finish();
  if (!file.is_stream()) std::cout << request.metrics.out << ": " << count(outcome.rows, "row") << " added\n";
  if (outcome.failed > 0) {
    throw Failure(count(outcome.failed, "file") + " of " + std::to_string(outcome.rows) +
                  " could not be measured: the column error says why");
  }
  return exit_done;
}

}  // namespace brenier::cli
