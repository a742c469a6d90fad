#include "engines/sites.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "in_sequence.hpp"
#include "rows.hpp"

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

/// The two halves of a site on both sides of the middle of its widest coordinate, if they are sites of their own.
std::optional<std::pair<Site, Site>> split(const Problem& problem, const Site& site) {
  const Box box = box_of(problem, site);
  Index side = 0;
  const double range = (box.high - box.low).maxCoeff(&side);
  if (!(range > 0.0)) return std::nullopt;
  const double middle = box.low[side] + 0.5 * range;
  std::pair<Site, Site> halves;
  const auto divide = [&](const Points& points, const std::vector<Index>& rows, std::vector<Index>& below,
                          std::vector<Index>& above) {
    for (const Index row : rows) (points(row, side) < middle ? below : above).push_back(row);
  };
  divide(problem.sources, site.sources, halves.first.sources, halves.second.sources);
  divide(problem.targets, site.targets, halves.first.targets, halves.second.targets);
  const auto is_balanced = [&problem](const Site& half) {
    return !half.sources.empty() && !half.targets.empty() &&
           sum_of(problem.supply, half.sources) == sum_of(problem.demand, half.targets);
  };
  if (!is_balanced(halves.first) || !is_balanced(halves.second)) return std::nullopt;
  const Box below = box_of(problem, halves.first), above = box_of(problem, halves.second);
  const double gap = above.low[side] - below.high[side];
  if (!(gap >= least_gap * std::max(below.diameter(), above.diameter()))) return std::nullopt;
  return halves;
}

std::vector<Site> find_sites(const Problem& problem) {
  std::vector<Site> open{{in_sequence(problem.sources.rows()), in_sequence(problem.targets.rows())}};
  std::vector<Site> sites;
  while (!open.empty()) {
    Site site = std::move(open.back());
    open.pop_back();
    if (auto halves = split(problem, site)) {
      open.push_back(std::move(halves->first));
      open.push_back(std::move(halves->second));
    } else {
      sites.push_back(std::move(site));
    }
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

/// The rows of a shared table of costs that a site's points stand in.
std::vector<Index> places_in_table(const std::vector<Index>& places, const std::vector<Index>& rows) {
  return places.empty() ? rows : select(places, rows);
}

/// The problem of one site, scaled by 2⁻ᵉ so that its largest coordinate is between 1 and 2; returns e.
int problem_of(const Problem& whole, const Site& site, Problem& part) {
  part.order = whole.order;
  part.cost_scale = whole.cost_scale;
  part.sources = select_rows(whole.sources, site.sources);
  part.targets = select_rows(whole.targets, site.targets);
  part.supply = select(whole.supply, site.sources);
  part.demand = select(whole.demand, site.targets);
  const double largest = std::max(part.sources.cwiseAbs().maxCoeff(), part.targets.cwiseAbs().maxCoeff());
  const int exponent = largest > 0.0 ? std::max(std::ilogb(largest), -900) : 0;
  const double scale = std::ldexp(1.0, -exponent);
  part.sources *= scale;
  part.targets *= scale;
  part.cost_scale *= whole.order == 2 ? scale * scale : scale;
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
  if (whole.table.costs != nullptr && exponent == 0) {
    part.table = {whole.table.costs, false, places_in_table(whole.table.query_rows, site.sources),
                  places_in_table(whole.table.target_columns, site.targets)};
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
    const int exponent = problem_of(problem, site, part);
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
