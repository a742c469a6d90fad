#include "runs/pairwise_run.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace brenier::cli {
namespace {

std::vector<Index> sizes_of(const std::vector<DiscreteMeasure>& clouds) {
  std::vector<Index> sizes;
  for (const DiscreteMeasure& cloud : clouds) sizes.push_back(cloud.size());
  return sizes;
}

}  // namespace

PairwiseRun::PairwiseRun(const std::vector<DiscreteMeasure>& clouds, const PairJournal* journal, ProgressBar& progress)
    : journal_(journal), progress_(progress), schedule_(sizes_of(clouds), clouds.front().dimension()) {
  const auto count = static_cast<Index>(clouds.size());
  distances_ = Points::Constant(count, count, std::numeric_limits<double>::quiet_NaN());
  distances_.diagonal().setZero();
  if (journal_ != nullptr) {
    for (const PairDistance& finished : journal_->earlier()) {
      if (schedule_.settle(finished.pair)) keep(finished);
    }
  }
  show();
}

std::optional<CloudPair> PairwiseRun::take() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!ended()) {
    if (const auto pair = schedule_.take()) return pair;
    // A pair may yet be given back. The wish to stop comes in a signal, which wakes nobody.
    changed_.wait_for(lock, std::chrono::milliseconds(50));
  }
  return std::nullopt;
}

std::optional<CloudPair> PairwiseRun::try_take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ended() ? std::nullopt : schedule_.take();
}

void PairwiseRun::settle(const CloudPair& pair, const PairOutcome& outcome) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (outcome.kind == PairOutcome::Kind::stopped) {
    schedule_.give_back(pair);
  } else if (schedule_.settle(pair)) {
    if (outcome.kind != PairOutcome::Kind::proven) {
      failed_.push_back({pair, outcome.kind, outcome.reason});
    } else {
      keep({pair, outcome.distance});
      try {
        if (journal_ != nullptr) journal_->append({pair, outcome.distance});
      } catch (...) {
        failure_ = std::current_exception();
      }
    }
    show();
  }
  changed_.notify_all();
}

bool PairwiseRun::is_over() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return ended();
}

bool PairwiseRun::is_complete() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return schedule_.is_over();
}

Index PairwiseRun::settled() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return schedule_.settled();
}

std::vector<PairwiseRun::FailedPair> PairwiseRun::failed() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<FailedPair> sorted = failed_;
  std::sort(sorted.begin(), sorted.end(), [](const FailedPair& a, const FailedPair& b) {
    return a.pair.first != b.pair.first ? a.pair.first < b.pair.first : a.pair.second < b.pair.second;
  });
  return sorted;
}

void PairwiseRun::rethrow_failure() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (failure_ != nullptr) std::rethrow_exception(failure_);
}

bool PairwiseRun::ended() const { return schedule_.is_over() || failure_ != nullptr || progress_.stop_requested(); }

void PairwiseRun::keep(const PairDistance& finished) {
  distances_(finished.pair.first, finished.pair.second) = finished.distance;
  distances_(finished.pair.second, finished.pair.first) = finished.distance;
}

void PairwiseRun::show() { progress_.reach(schedule_.settled(), "", schedule_.settled_part()); }

}  // namespace brenier::cli
