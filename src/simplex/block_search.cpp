#include "simplex/block_search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace brenier::simplex {

namespace {

/// Arcs to look at before the list is worked off: this times the root of their number, and no fewer than …
constexpr double look_at_factor = 1.2;
constexpr Index fewest_to_look_at = 20;

/// Pivots before a list is given up: later ones gain less than those that a fresh look finds.
constexpr int pivots_of_list = 9;

/// Pivots, for each node of the block, before potentials are made anew, and before the search gives up: many times what
/// the hardest problems take.
constexpr std::int64_t pivots_to_refresh = 2;
constexpr std::int64_t most_pivots_a_node = 1000;

/// Lists between two looks at the clock.
constexpr int lists_between_stops = 64;

}  // namespace

BlockSearch::BlockSearch(NetworkSimplex& simplex, const CandidateArcs& arcs, Node first,
                         const std::vector<Node>& admitted)
    : simplex_(simplex), arcs_(arcs), first_(first), admitted_(admitted) {
  const double total = std::accumulate(admitted.begin(), admitted.end(), 0.0);
  look_at_ = std::max(fewest_to_look_at, static_cast<Index>(look_at_factor * std::sqrt(total)));
}

std::int64_t BlockSearch::run(const Tolerance& tolerance, RunControl& control, Workspace& space) {
  const auto count = static_cast<Node>(admitted_.size());
  const std::int64_t nodes = 2 * std::int64_t{count} + 1024;  // About as many targets as sources.
  std::int64_t pivots = 0, refreshed = 0;
  std::vector<Node> list;
  Node turn = 0, idle = 0;  // The next source to look at; how many were looked at since the last pivot.
  for (int lists = 1; idle < count; ++lists) {
    if (lists % lists_between_stops == 0 && control.stop()) break;
    if (pivots > most_pivots_a_node * nodes) break;
    if (pivots - refreshed > pivots_to_refresh * nodes) {
      simplex_.recompute_potentials(first_, first_ + count);
      refreshed = pivots;
      idle = 0;
    }
    list.clear();
    Entering best;
    const auto look = [&](Node source) {
      const Entering found = cheapest(source, tolerance, space);
      if (found.reduced_cost < best.reduced_cost) best = found;
      return found.arc >= 0;
    };
    for (Index seen = 0; idle < count && (list.empty() || seen < look_at_); ++idle) {
      if (look(first_ + turn)) list.push_back(first_ + turn);
      seen += admitted_[static_cast<std::size_t>(turn)];
      turn = turn + 1 == count ? 0 : turn + 1;
    }
    for (int k = 0; k < pivots_of_list && best.arc >= 0; ++k) {
      enter(best, space);
      ++pivots;
      idle = 0;
      best = {};
      list.erase(std::remove_if(list.begin(), list.end(), [&](Node source) { return !look(source); }), list.end());
    }
  }
  return pivots;
}

// A function of its own, so that the loop keeps the least cost in a register: inlined it takes twice as long.
template <class PotentialOf>
[[gnu::noinline]] BlockSearch::Entering BlockSearch::cheapest_by(Node source, const Tolerance& tolerance,
                                                                 PotentialOf&& potential_of) const {
  const double p = potential_of(source);
  double least = -tolerance.least(p);
  Index cheapest = -1;
  const Index begin = arcs_.begin(source), end = begin + admitted_[static_cast<std::size_t>(source - first_)];
  for (Index arc = begin; arc < end; ++arc) {
    const double reduced = arcs_.cost(arc) - p + potential_of(arcs_.target(arc));
    if (reduced < least) {
      least = reduced;
      cheapest = arc;
    }
  }
  if (cheapest < 0) return Entering();
  const double psi = -potential_of(arcs_.target(cheapest));
  if (least < -tolerance.of(arcs_.cost(cheapest), p, psi)) return Entering{least, source, cheapest};
  return cheapest_violated(source, tolerance, potential_of);
}

/// The same where the least reduced cost of all is within its own rounding: another arc may be shorter, and violated.
template <class PotentialOf>
[[gnu::noinline]] BlockSearch::Entering BlockSearch::cheapest_violated(Node source, const Tolerance& tolerance,
                                                                       PotentialOf&& potential_of) const {
  const double p = potential_of(source);
  Entering best;
  const Index begin = arcs_.begin(source), end = begin + admitted_[static_cast<std::size_t>(source - first_)];
  for (Index arc = begin; arc < end; ++arc) {
    const double psi = -potential_of(arcs_.target(arc)), reduced = arcs_.cost(arc) - p - psi;
    if (reduced < best.reduced_cost && reduced < -tolerance.of(arcs_.cost(arc), p, psi)) best = {reduced, source, arc};
  }
  return best;
}

BlockSearch::Entering BlockSearch::cheapest(Node source, const Tolerance& tolerance, const Workspace& space) const {
  if (space.is_gathered())
    return cheapest_by(source, tolerance, [this](Node node) { return simplex_.potential(node); });
  return cheapest_by(source, tolerance, [this](Node node) { return simplex_.ungathered_potential(node); });
}

void BlockSearch::enter(const Entering& entering, Workspace& space) {
  simplex_.enter(entering.source, arcs_.target(entering.arc), arcs_.cost(entering.arc), space);
  const auto last = first_ + static_cast<Node>(admitted_.size());
  if (simplex_.is_worth_gathering(first_, last, space)) simplex_.gather(first_, last, space);
}

}  // namespace brenier::simplex
