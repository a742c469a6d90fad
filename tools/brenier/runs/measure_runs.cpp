#include "runs/measure_runs.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <utility>

#include "brenier/wasserstein.hpp"
#include "options/threads.hpp"
#include "reports/interrupt.hpp"

namespace brenier::cli {
namespace {

/// Hands rows on in the order of the runs, or as they come.
class RowSink {
 public:
  RowSink(RowFile& file, const std::function<void(Index)>& on_row) : file_(file), on_row_(on_row) {}

  void take(std::size_t run, std::vector<Cell> row) {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++outcome_.rows;
    if (row.back().kind != Cell::Kind::nothing) ++outcome_.failed;
    if (file_.is_stream()) {
      waiting_.emplace(run, std::move(row));
      for (; !waiting_.empty() && waiting_.begin()->first == next_; ++next_) add_first_waiting();
    } else {
      file_.add(row);
    }
    on_row_(outcome_.rows);
  }

  /// Also what waits for a run that was given up.
  RunsOutcome finish() {
    while (!waiting_.empty()) add_first_waiting();
    return outcome_;
  }

 private:
  void add_first_waiting() {
    file_.add(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
  }

  RowFile& file_;
  const std::function<void(Index)>& on_row_;
  std::mutex mutex_;
  RunsOutcome outcome_;
  std::map<std::size_t, std::vector<Cell>> waiting_;
  std::size_t next_ = 0;
};

}  // namespace

RunsOutcome measure_runs(const RunMetrics& metrics, const std::vector<std::string>& runs, int jobs, RowFile& file,
                         const std::function<void(Index done)>& on_row) {
  RowSink sink(file, on_row);
  std::atomic<std::size_t> next{0};
  on_threads(jobs, [&] {
    for (std::size_t run; !InterruptGuard::requested() && (run = next++) < runs.size();) {
      try {
        sink.take(run, metrics.row(runs[run]));
      } catch (const NotProven&) {
        return;  // Interrupted.
      } catch (...) {
        next = runs.size();  // No row can be written any more: the other jobs need not go on.
        throw;
      }
    }
  });
  RunsOutcome outcome = sink.finish();
  outcome.is_complete = outcome.rows == static_cast<Index>(runs.size());
  return outcome;
}

}  // namespace brenier::cli
