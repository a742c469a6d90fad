#include "engines/sites.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

#include "numeric/in_sequence.hpp"
#include "numeric/rows.hpp"

namespace brenier::engines {
namespace {

/// Gaps of fewer diameters leave potentials enough digits.
constexpr double least_gap = 16.0;

/// Points that are solved together, by their rows.
struct Site {
  std::vector<Index> sources;
  std::vector<Index> targets;
};

/// The box around points.
struct Box {
  Eigen::RowVectorXd low;
  Eigen::RowVectorXd high;

  explicit Box(Index dimension)
      : low(Eigen::RowVectorXd::Constant(dimension, std::numeric_limits<double>::infinity())), high(-low) {}

  void add(const Points& points, const std::vector<Index>& rows) {
    for (const Index row : rows) {
      low = low.cwiseMin(points.row(row));
      high = high.cwiseMax(points.row(row));
    }
  }

  double diameter() const { return (high - low).norm(); }
};

Box box_of(const Problem& problem, const Site& site) {
  Box box(problem.sources.cols());
  box.add(problem.sources, site.sources);
  box.add(problem.targets, site.targets);
  return box;
}

std::int64_t sum_of(const std::vector<std::int64_t>& units, const std::vector<Index>& rows) {
  return std::accumulate(rows.begin(), rows.end(), std::int64_t{0},
                         [&units](std::int64_t sum, Index row) { return sum + units[static_cast<std::size_t>(row)]; });
}

/// An empty stretch of one coordinate.
struct Gap {
  double length;
  Index coordinate;
  double below;  ///< The last coordinate before it.
};

/// Gaps are found that are longer than the widest range of a site divided by this: so many sites in a row may be told
/// apart at once.
constexpr std::size_t stretches = 64;

/// The long gaps of a site in all coordinates, the longest first. O((n + m)·d).
std::vector<Gap> long_gaps(const Problem& problem, const Site& site, const Box& box) {
  const double shortest = (box.high - box.low).maxCoeff() / static_cast<double>(stretches);
  std::vector<Gap> gaps;
  std::vector<double> low, high;
  for (Index k = 0; k < box.low.size(); ++k) {
    const double start = box.low[k], range = box.high[k] - start;
    if (!(range > shortest)) continue;
    low.assign(stretches + 1, std::numeric_limits<double>::infinity());
    high.assign(stretches + 1, -std::numeric_limits<double>::infinity());
    const auto note = [&](const Points& points, const std::vector<Index>& rows) {
      for (const Index row : rows) {
        const double x = points(row, k);
        const auto place = static_cast<std::size_t>((x - start) / range * static_cast<double>(stretches));
        low[place] = std::min(low[place], x);
        high[place] = std::max(high[place], x);
      }
    };
    note(problem.sources, site.sources);
    note(problem.targets, site.targets);
    double last = start;
    for (std::size_t place = 0; place <= stretches; ++place) {
      if (high[place] < low[place]) continue;
      if (low[place] - last > shortest) gaps.push_back({low[place] - last, k, last});
      last = high[place];
    }
  }
  std::sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) { return a.length > b.length; });
  return gaps;
}

bool is_balanced(const Problem& problem, const Site& site) {
  return !site.sources.empty() && !site.targets.empty() &&
         sum_of(problem.supply, site.sources) == sum_of(problem.demand, site.targets);
}

/// Cuts a site at every gap of at least this length; nothing where a part has not as much supply as demand, since then
/// the parts are no sites.
std::vector<Site> cut(const Problem& problem, Site whole, double shortest) {
  std::vector<Site> open, parts;
  open.push_back(std::move(whole));
  while (!open.empty()) {
    Site site = std::move(open.back());
    open.pop_back();
    const std::vector<Gap> gaps = long_gaps(problem, site, box_of(problem, site));
    if (gaps.empty() || gaps.front().length < shortest) {
      parts.push_back(std::move(site));
      continue;
    }
    const Gap& gap = gaps.front();
    Site below, above;
    for (const Index i : site.sources) {
      (problem.sources(i, gap.coordinate) <= gap.below ? below : above).sources.push_back(i);
    }
    for (const Index j : site.targets) {
      (problem.targets(j, gap.coordinate) <= gap.below ? below : above).targets.push_back(j);
    }
    if (!is_balanced(problem, below) || !is_balanced(problem, above)) return {};
    open.push_back(std::move(below));
    open.push_back(std::move(above));
  }
  return parts;
}

/// The sites that a site falls apart into, at the longest gaps that are worth it; the site itself where there are none.
std::vector<Site> split(const Problem& problem, Site site) {
  const Box box = box_of(problem, site);
  const std::vector<Gap> gaps = long_gaps(problem, site, box);
  const double unseen = (box.high - box.low).maxCoeff() / static_cast<double>(stretches);
  for (std::size_t k = 0; k < gaps.size(); ++k) {
    const double shorter = k + 1 < gaps.size() ? gaps[k + 1].length : unseen;
    if (gaps[k].length < least_gap * shorter && k + 1 < gaps.size()) continue;
    std::vector<Site> parts = cut(problem, site, gaps[k].length);
    const bool are_small = std::all_of(parts.begin(), parts.end(), [&](const Site& part) {
      return least_gap * box_of(problem, part).diameter() <= gaps[k].length;
    });
    if (are_small && !parts.empty()) return parts;
  }
  std::vector<Site> whole;
  whole.push_back(std::move(site));
  return whole;
}

std::vector<Site> find_sites(const Problem& problem) {
  std::vector<Site> open(1), sites;
  open.front() = {in_sequence(problem.sources.rows()), in_sequence(problem.targets.rows())};
  while (!open.empty()) {
    std::vector<Site> parts = split(problem, std::move(open.back()));
    open.pop_back();
    std::vector<Site>& taken = parts.size() > 1 ? open : sites;
    for (Site& part : parts) taken.push_back(std::move(part));
  }
  return sites;
}

template <class Value>
std::vector<Value> select(const std::vector<Value>& values, const std::vector<Index>& rows) {
  std::vector<Value> selected;
  selected.reserve(rows.size());
  for (const Index row : rows) selected.push_back(values[static_cast<std::size_t>(row)]);
  return selected;
}

/// The mean cost between a point of a cloud and its mean.
double cost_to_mean(int order, const Points& points) {
  const Eigen::RowVectorXd mean = mean_row(points);
  double sum = 0.0;
  for (Index i = 0; i < points.rows(); ++i) {
    const double length = (points.row(i) - mean).norm();
    sum += order == 2 ? 0.5 * length * length : length;
  }
  return sum / static_cast<double>(points.rows());
}

/// The problem of one site, scaled by 2⁻ᵉ so that its largest coordinate is between 1 and 2; returns e.
int problem_of(const Problem& whole, const Site& site, int threads, Problem& part) {
  part.order = whole.order;
  part.sources = select_rows(whole.sources, site.sources);
  part.targets = select_rows(whole.targets, site.targets);
  part.supply = select(whole.supply, site.sources);
  part.demand = select(whole.demand, site.targets);
  const double largest = std::max(part.sources.cwiseAbs().maxCoeff(), part.targets.cwiseAbs().maxCoeff());
  const int exponent = largest > 0.0 ? std::max(std::ilogb(largest), -900) : 0;
  const double scale = std::ldexp(1.0, -exponent);
  part.sources *= scale;
  part.targets *= scale;
  part.cost_scale = cost_to_mean(part.order, part.sources) + cost_to_mean(part.order, part.targets);
  if (whole.start_psi.size() > 0) {
    part.start_psi = select_entries(whole.start_psi, site.targets) * (whole.order == 2 ? scale * scale : scale);
    part.start_psi.array() -= double{part.start_psi[0]};
  }
  const std::vector<Index> source_place = places(site.sources, whole.sources.rows());
  const std::vector<Index> target_place = places(site.targets, whole.targets.rows());
  for (const Shipment& shipment : whole.start_plan) {
    const Index i = source_place[static_cast<std::size_t>(shipment.source)];
    const Index j = target_place[static_cast<std::size_t>(shipment.target)];
    if (i >= 0 && j >= 0) part.start_plan.push_back({i, j, shipment.units});
  }
  // Rounded costs of all points tell those of one site apart no longer: each has its own.
  if (whole.table.costs != nullptr) {
    part.table.costs = std::make_shared<search::RoundedCosts>(part.sources, part.targets, threads);
  }
  return exponent;
}

}  // namespace

EngineResult solve_by_sites(const Engine& engine, Problem problem, RunControl& control, SolveStats& stats) {
  const std::vector<Site> sites = find_sites(problem);
  if (sites.size() == 1) return engine.solve(std::move(problem), control, stats);

  EngineResult result;
  result.psi.resize(problem.targets.rows());
  result.finished = true;
  for (const Site& site : sites) {
    Problem part;
    const int exponent = problem_of(problem, site, control.threads(), part);
    const auto heaviest = std::max_element(part.demand.begin(), part.demand.end()) - part.demand.begin();
    const EngineResult found = engine.solve(std::move(part), control, stats);
    result.finished = result.finished && found.finished;
    const double unit = std::ldexp(1.0, problem.order * exponent);
    for (std::size_t j = 0; j < site.targets.size(); ++j) {
      result.psi[site.targets[j]] = unit * (found.psi[static_cast<Index>(j)] - found.psi[heaviest]);
    }
    for (const Shipment& shipment : found.shipments) {
      result.shipments.push_back({site.sources[static_cast<std::size_t>(shipment.source)],
                                  site.targets[static_cast<std::size_t>(shipment.target)], shipment.units});
    }
  }
  return result;
}

}  // namespace brenier::engines
