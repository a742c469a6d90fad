#include "engines/assignment/shortest_paths.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "numeric/vector_unit.hpp"

namespace brenier::engines::assignment {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Running minima, so that no step waits for the one before. A stride is a multiple of it.
constexpr Index lanes = 16;

/// distance[j] = min(distance[j], start + c[j] − ψ[j]), with `source` noted where that is less; the least distance of a
/// target that is not settled.
BRENIER_KERNEL double relax(const double* c, const double* psi, Index stride, double start, double source,
                            double* distance, double* previous) {
  double least[lanes];
  for (Index l = 0; l < lanes; ++l) least[l] = infinity;
  for (Index j = 0; j < stride; j += lanes) {
    for (Index l = 0; l < lanes; ++l) {
      const double way = start + (c[j + l] - psi[j + l]);
      const double known = distance[j + l];
      const bool is_shorter = way < known;
      previous[j + l] = is_shorter ? source : previous[j + l];
      const double now = is_shorter ? way : known;
      distance[j + l] = now;
      const double open = now > -infinity ? now : infinity;
      least[l] = open < least[l] ? open : least[l];
    }
  }
  double result = least[0];
  for (Index l = 1; l < lanes; ++l) result = least[l] < result ? least[l] : result;
  return result;
}

/// The least c[j] − ψ[j] and the least of the others; equal where two attain it.
BRENIER_KERNEL void two_least(const double* c, const double* psi, Index stride, double* first, double* second) {
  double best[lanes], next[lanes];
  for (Index l = 0; l < lanes; ++l) best[l] = next[l] = infinity;
  for (Index j = 0; j < stride; j += lanes) {
    for (Index l = 0; l < lanes; ++l) {
      const double price = c[j + l] - psi[j + l];
      const double larger = price > best[l] ? price : best[l];
      best[l] = price < best[l] ? price : best[l];
      next[l] = larger < next[l] ? larger : next[l];
    }
  }
  *first = *second = infinity;
  for (Index l = 0; l < lanes; ++l) {
    if (best[l] < *first) {
      *second = std::min(*first, next[l]);
      *first = best[l];
    } else {
      *second = std::min(*second, best[l]);
    }
  }
}

/// The first place from `from` on, a multiple of the lanes, at which a block of lanes has a[j] − b[j] = value; `stride`
/// where there is none. Where b is null it counts as zero.
template <bool has_b>
BRENIER_INLINE Index find_block(const double* a, const double* b, Index stride, double value, Index from) {
  for (Index j = from; j < stride; j += lanes) {
    int found = 0;
    for (Index l = 0; l < lanes; ++l) found |= (has_b ? a[j + l] - b[j + l] : a[j + l]) == value ? 1 : 0;
    if (found != 0) return j;
  }
  return stride;
}

BRENIER_KERNEL Index block_at_distance(const double* distance, Index stride, double value, Index from) {
  return find_block<false>(distance, nullptr, stride, value, from);
}

BRENIER_KERNEL Index block_at_price(const double* c, const double* psi, Index stride, double value) {
  return find_block<true>(c, psi, stride, value, 0);
}

}  // namespace

ShortestPaths::ShortestPaths(const CostRows& costs, std::vector<std::int64_t> supply, std::vector<std::int64_t> demand,
                             const Vector& psi)
    : costs_(costs),
      supply_(std::move(supply)),
      demand_(std::move(demand)),
      whole_demand_(demand_),
      psi_(Vector::Zero(costs.stride)),
      flows_(static_cast<std::size_t>(costs.targets)),
      distance_(static_cast<std::size_t>(costs.stride)),
      previous_(distance_.size()),
      arrived_from_(static_cast<std::size_t>(costs.sources)),
      seen_(arrived_from_.size(), 0) {
  psi_.head(costs.targets) = psi;
}

bool ShortestPaths::run(const std::function<bool()>& stop) {
  ship_along_cheapest();
  for (Index i = 0; i < costs_.sources; ++i) {
    while (supply_[static_cast<std::size_t>(i)] > 0) {
      if (stop()) return false;
      augment(i, shortest_path(i));
    }
  }
  return true;
}

std::vector<Shipment> ShortestPaths::shipments() const {
  std::vector<Shipment> result;
  for (Index j = 0; j < costs_.targets; ++j) {
    for (const Flow& flow : flows_[static_cast<std::size_t>(j)]) result.push_back({flow.source, j, flow.units});
  }
  return result;
}

// Each source bids for its cheapest target, and again when it has been outbid, but not for ever: what is left after
// some rounds is left to the paths.
void ShortestPaths::ship_along_cheapest() {
  constexpr int rounds = 16;
  for (int round = 0; round < rounds; ++round) {
    for (Index i = 0; i < costs_.sources; ++i) {
      if (supply_[static_cast<std::size_t>(i)] > 0) bid(i);
    }
  }
}

// The price of the cheapest target rises until the second is as cheap. Whoever ships there already may find another one
// cheaper now, and takes all back. Only who wants as much as the target has in all does so.
void ShortestPaths::bid(Index source) {
  const auto i = static_cast<std::size_t>(source);
  const double* c = costs_.row(source);
  double first, second;
  two_least(c, psi_.data(), costs_.stride, &first, &second);
  Index target = block_at_price(c, psi_.data(), costs_.stride, first);
  while (c[target] - psi_[target] != first) ++target;
  const auto j = static_cast<std::size_t>(target);
  if (supply_[i] > demand_[j] && second > first && second < infinity && supply_[i] >= whole_demand_[j]) {
    psi_[target] -= second - first;
    for (const Flow& flow : flows_[j]) supply_[static_cast<std::size_t>(flow.source)] += flow.units;
    flows_[j].clear();
    demand_[j] = whole_demand_[j];
  }
  const std::int64_t units = std::min(supply_[i], demand_[j]);
  if (units > 0) ship(source, target, units);
}

void ShortestPaths::ship(Index source, Index target, std::int64_t units) {
  supply_[static_cast<std::size_t>(source)] -= units;
  demand_[static_cast<std::size_t>(target)] -= units;
  std::vector<Flow>& flows = flows_[static_cast<std::size_t>(target)];
  const auto own = std::find_if(flows.begin(), flows.end(), [=](const Flow& flow) { return flow.source == source; });
  if (own != flows.end()) {
    own->units += units;
  } else {
    flows.push_back({source, units});
  }
}

/// The target at the end of the shortest way from a source to one that wants something; ψ is moved so that the way is
/// tight. A search in the manner of Dijkstra: targets are settled by their distance, and each adds the sources that
/// ship to it.
Index ShortestPaths::shortest_path(Index source) {
  ++searches_;
  std::fill(distance_.begin(), distance_.end(), infinity);
  settled_.clear();
  settled_at_.clear();
  arrived_.assign(1, source);
  arrived_from_[static_cast<std::size_t>(source)] = -1;
  seen_[static_cast<std::size_t>(source)] = searches_;
  for (double at = 0.0;;) {
    at = look_from_arrived(at);
    const Index target = nearest_open(at);
    if (demand_[static_cast<std::size_t>(target)] > 0) {
      for (std::size_t k = 0; k < settled_.size(); ++k) psi_[settled_[k]] += settled_at_[k] - at;
      return target;
    }
    settle(target, at);
  }
}

/// Reads the rows of the sources at distance `at`; the least distance of a target that is not settled.
double ShortestPaths::look_from_arrived(double at) {
  double least = infinity;
  for (const Index i : arrived_) {
    const double* c = costs_.row(i);
    const Index from = arrived_from_[static_cast<std::size_t>(i)];
    const double start = from < 0 ? 0.0 : at - (c[from] - psi_[from]);
    least = relax(c, psi_.data(), costs_.stride, start, static_cast<double>(i), distance_.data(), previous_.data());
  }
  if (arrived_.empty()) {
    for (const double distance : distance_) {
      if (distance > -infinity) least = std::min(least, distance);
    }
  }
  return least;
}

/// Of the targets at a distance one that wants something, if there is one.
Index ShortestPaths::nearest_open(double distance) const {
  Index nearest = -1;
  const auto next_block = [&](Index from) {
    return block_at_distance(distance_.data(), costs_.stride, distance, from);
  };
  for (Index block = next_block(0); block < costs_.stride; block = next_block(block + lanes)) {
    for (Index j = block; j < std::min(block + lanes, costs_.targets); ++j) {
      if (distance_[static_cast<std::size_t>(j)] != distance) continue;
      if (demand_[static_cast<std::size_t>(j)] > 0) return j;
      nearest = j;
    }
  }
  return nearest;
}

void ShortestPaths::settle(Index target, double distance) {
  settled_.push_back(target);
  settled_at_.push_back(distance);
  distance_[static_cast<std::size_t>(target)] = -infinity;
  arrived_.clear();
  for (const Flow& flow : flows_[static_cast<std::size_t>(target)]) {
    std::int64_t& seen = seen_[static_cast<std::size_t>(flow.source)];
    if (seen == searches_) continue;
    seen = searches_;
    arrived_from_[static_cast<std::size_t>(flow.source)] = target;
    arrived_.push_back(flow.source);
  }
}

void ShortestPaths::augment(Index source, Index target) {
  const auto before = [this](Index j) { return static_cast<Index>(previous_[static_cast<std::size_t>(j)]); };
  std::int64_t units = std::min(supply_[static_cast<std::size_t>(source)], demand_[static_cast<std::size_t>(target)]);
  for (Index i = before(target); i != source;) {
    const Index from = arrived_from_[static_cast<std::size_t>(i)];
    for (const Flow& flow : flows_[static_cast<std::size_t>(from)]) {
      if (flow.source == i) units = std::min(units, flow.units);
    }
    i = before(from);
  }
  for (Index j = target;;) {
    const Index i = before(j);
    ship(i, j, units);
    if (i == source) return;
    const Index from = arrived_from_[static_cast<std::size_t>(i)];
    take_back(i, from, units);
    j = from;
  }
}

void ShortestPaths::take_back(Index source, Index target, std::int64_t units) {
  supply_[static_cast<std::size_t>(source)] += units;
  demand_[static_cast<std::size_t>(target)] += units;
  std::vector<Flow>& flows = flows_[static_cast<std::size_t>(target)];
  const auto own = std::find_if(flows.begin(), flows.end(), [=](const Flow& flow) { return flow.source == source; });
  own->units -= units;
  if (own->units == 0) flows.erase(own);
}

}  // namespace brenier::engines::assignment
