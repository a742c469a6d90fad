#include "runs/run_metrics.hpp"

#include <algorithm>
#include <charconv>
#include <new>
#include <utility>

#include "brenier/io.hpp"
#include "brenier/metrics.hpp"
#include "options/files.hpp"
#include "options/law_option.hpp"
#include "options/threads.hpp"
#include "reports/report.hpp"
#include "runs/fingerprint.hpp"

namespace brenier::cli {
namespace {

std::string distance_name(int order) { return "w" + std::to_string(order); }

/// Which draw of a seed a repeat takes of the targets, and which of the runs: no two of them are the same draw.
std::uint64_t target_draw(Index repeat) { return 2 * static_cast<std::uint64_t>(repeat); }
std::uint64_t run_draw(Index repeat) { return 2 * static_cast<std::uint64_t>(repeat) + 1; }

/// Clouds in the place of one: itself, or the draws of a subsample.
std::vector<DiscreteMeasure> draws(const DiscreteMeasure& cloud, const MetricsRequest& request,
                                   std::uint64_t (*draw)(Index)) {
  if (request.subsample == 0) return {cloud};
  std::vector<DiscreteMeasure> result;
  for (Index r = 0; r < request.repeats; ++r) {
    result.push_back(subsample(cloud, request.subsample, request.seed, draw(r)));
  }
  return result;
}

/// n points of the cloud, all where it has no more.
Points some_points(const DiscreteMeasure& cloud, Index n, std::uint64_t seed, std::uint64_t draw) {
  return n < cloud.size() ? subsample(cloud, n, seed, draw).points() : cloud.points();
}

/// A field of a row as what it was before it was written.
Cell cell_of(const std::string& field) {
  const char* end = field.data() + field.size();
  Index whole = 0;
  if (std::from_chars(field.data(), end, whole).ptr == end && !field.empty()) return whole;
  double real = 0.0;
  if (std::from_chars(field.data(), end, real).ptr == end && !field.empty()) return real;
  return {};
}

}  // namespace

JobShares share_out(const MetricsRequest& request, Index runs) {
  const int cores = job_count(0);
  JobShares shares;
  shares.jobs = job_count(request.jobs);
  if (runs >= 0 && request.jobs == 0) shares.jobs = static_cast<int>(std::clamp<Index>(runs, 1, shares.jobs));
  // Whoever says how many jobs there are to be gets one thread in each, whatever the machine has.
  shares.threads = request.threads > 0 ? request.threads : request.jobs > 0 ? 1 : std::max(1, cores / shares.jobs);
  shares.memory = memory_share(request.memory, shares.jobs);
  return shares;
}

RunMetrics::RunMetrics(const MetricsRequest& request, const JobShares& shares, Monitor& monitor)
    : request_(request), shares_(shares), monitor_(monitor), target_(read_measure(request.target)) {
  const Index available = (target_.weights().array() > 0.0).count();
  if (request_.subsample > available) {
    throw UsageError("--subsample " + std::to_string(request_.subsample) + ": " + request_.target + " has " +
                     count(available, "point") + " with mass");
  }
  fingerprint_ = cli::fingerprint(target_);
  columns_ = {"run", "n"};
  add_distances();
  if (request_.floor_repeats > 0) add_floor();
  if (request_.frechet) add_frechet();
  if (request_.nearest_neighbour) add_nearest_neighbour();
  if (!request_.centres.empty()) add_modes();
  for (const Measure& measure : measures_) {
    columns_.insert(columns_.end(), measure.columns.begin(), measure.columns.end());
  }
  columns_.insert(columns_.end(), {"fingerprint", "error"});
  fingerprint_ = cli::fingerprint(fingerprint_ + " " + request_.settings());
}

SolveOptions RunMetrics::solve_options(int order) const {
  SolveOptions options;
  options.order = order;
  options.normalize = normalizes();
  options.threads = shares_.threads;
  options.memory = shares_.memory;
  options.monitor = &monitor_;
  return options;
}

void RunMetrics::add_distances() {
  Measure measure;
  const bool scatters = request_.subsample > 0 && request_.repeats > 1;
  for (const int order : request_.orders) measure.columns.push_back(distance_name(order));
  for (const int order : request_.orders) {
    if (scatters) measure.columns.push_back(distance_name(order) + "_sd");
  }
  measure.cells = [this, scatters, targets = draws(target_, request_, target_draw)](const DiscreteMeasure& run) {
    const std::vector<DiscreteMeasure> runs = draws(run, request_, run_draw);
    std::vector<Cell> means, deviations;
    for (const int order : request_.orders) {
      std::vector<double> distances;
      for (std::size_t r = 0; r < runs.size(); ++r) {
        distances.push_back(wasserstein(runs[r], targets[r], solve_options(order)));
      }
      const Spread spread = spread_of(distances);
      means.push_back(spread.mean);
      if (scatters) deviations.push_back(spread.standard_deviation.value());
    }
    means.insert(means.end(), deviations.begin(), deviations.end());
    return means;
  };
  measures_.push_back(std::move(measure));
}

void RunMetrics::add_floor() {
  Measure measure;
  measure.columns = {"floor_n"};
  for (const int order : request_.orders) {
    measure.columns.push_back("floor_" + distance_name(order));
    if (request_.floor_repeats > 1) measure.columns.push_back("floor_" + distance_name(order) + "_sd");
  }
  measure.cells = [this](const DiscreteMeasure&) { return floor_; };
  measures_.push_back(std::move(measure));
}

void RunMetrics::prepare_floor(const std::string& file, const std::vector<StoredRow>& earlier) {
  const auto column = [this](const std::string& name) {
    return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), name) - columns_.begin());
  };
  for (const StoredRow& row : earlier) {
    if (row.fields[column("fingerprint")] == fingerprint_) continue;
    throw UsageError("--append: " + file + " has a row for " + row.fields.front() +
                     " that was measured against another target or with other options");
  }
  if (request_.floor_repeats == 0) return;
  if (!earlier.empty()) {
    for (std::size_t k = column("floor_n"); columns_[k].compare(0, 6, "floor_") == 0; ++k) {
      floor_.push_back(cell_of(earlier.front().fields[k]));
    }
    return;
  }
  SampleFloorOptions options;
  options.size = request_.subsample;
  options.repeats = request_.floor_repeats;
  options.seed = request_.seed;
  for (const int order : request_.orders) {
    options.solve = solve_options(order);
    options.solve.threads = shares_.jobs * shares_.threads;  // No job has begun.
    options.solve.memory = shares_.memory * shares_.jobs;
    SampleFloor floor;
    if (request_.law.empty()) {
      floor = naming({request_.target}, [&] { return sample_floor(target_, options); });
    } else {
      if (options.size == 0) options.size = target_.size();
      floor = sample_floor(parse_law("--law", request_.law), options);
    }
    if (floor_.empty()) floor_.push_back(floor.size);
    floor_.push_back(floor.mean);
    if (floor.standard_deviation) floor_.push_back(*floor.standard_deviation);
  }
}

void RunMetrics::add_frechet() {
  Measure measure;
  measure.columns = {"gaussian_w2", "frechet"};
  GaussianMoments estimate =
      naming({request_.target}, [this] { return GaussianMoments(target_, Covariance::unbiased); });
  measure.cells = [population = GaussianMoments(target_), unbiased = std::move(estimate)](const DiscreteMeasure& run) {
    return std::vector<Cell>{bures_wasserstein(GaussianMoments(run), population),
                             frechet_distance(GaussianMoments(run, Covariance::unbiased), unbiased)};
  };
  measures_.push_back(std::move(measure));
}

void RunMetrics::add_nearest_neighbour() {
  Measure measure;
  measure.columns = {"one_nn", "one_nn_run", "one_nn_target"};
  measure.cells = [this](const DiscreteMeasure& run) {
    const Index both = std::min(run.size(), target_.size());
    const Index n = request_.subsample > 0 ? std::min(both, request_.subsample) : both;
    const TwoSampleAccuracy accuracy =
        two_sample_accuracy(some_points(run, n, request_.seed, run_draw(0)),
                            some_points(target_, n, request_.seed, target_draw(0)), shares_.threads);
    return std::vector<Cell>{accuracy.overall(), accuracy.generated, accuracy.target};
  };
  measures_.push_back(std::move(measure));
}

void RunMetrics::add_modes() {
  const DiscreteMeasure centres = read_measure(request_.centres);
  check_comparable(request_.centres, centres, request_.target, target_, true);
  fingerprint_ += cli::fingerprint(centres);
  Measure measure;
  measure.columns = {"modes", "in_modes"};
  for (const std::string stem : {"count_", "mass_"}) {
    for (Index k = 0; k < centres.size(); ++k) measure.columns.push_back(stem + std::to_string(k));
  }
  measure.cells = [this, points = centres.points()](const DiscreteMeasure& run) {
    const ModeShares shares = mode_shares(run, points, request_.radius, shares_.threads);
    std::vector<Cell> cells = {shares.covered(), shares.close_mass.sum()};
    cells.insert(cells.end(), shares.close_count.begin(), shares.close_count.end());
    cells.insert(cells.end(), shares.close_mass.begin(), shares.close_mass.end());
    return cells;
  };
  measures_.push_back(std::move(measure));
}

std::vector<Cell> RunMetrics::row(const std::string& run) const {
  std::vector<Cell> cells = {run};
  std::string error;
  try {
    const DiscreteMeasure cloud = read_measure(run);
    check_comparable(run, cloud, request_.target, target_, normalizes());
    cells.push_back(request_.subsample > 0 ? request_.subsample : cloud.size());
    for (const Measure& measure : measures_) {
      const std::vector<Cell> more = naming({run, request_.target}, [&] { return measure.cells(cloud); });
      cells.insert(cells.end(), more.begin(), more.end());
    }
  } catch (const NotProven& failure) {
    if (failure.termination().reason == Termination::Reason::interrupted) throw;
    error = failure.what();
  } catch (const std::bad_alloc&) {
    error = "not enough memory";
  } catch (const std::exception& failure) {
    error = failure.what();
  }
  if (!error.empty()) {
    cells = {run};
    cells.resize(columns_.size() - 2);
  }
  cells.insert(cells.end(), {fingerprint_, error.empty() ? Cell() : Cell(error)});
  return cells;
}

}  // namespace brenier::cli
