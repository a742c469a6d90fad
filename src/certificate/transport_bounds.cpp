#include "certificate/transport_bounds.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "certificate/plan_flows.hpp"
#include "certificate/plan_potential.hpp"

namespace brenier {
namespace {

/// Targets of a source whose prices are computed to twice the digits.
constexpr int shortlist = 8;

/// The part θ of a cost that may make up for the rounding ρ of a moved point: |w + r|² ≥ (1 − θ)|w|² − |r|²/θ.
constexpr double moving_share = 0x1p-43;

double above(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }

}  // namespace

double TransportBounds::relative_gap() const {
  const double gap = upper - lower - rounding;
  if (!(gap > 0.0)) return 0.0;
  return centred > 0.0 ? gap / centred : std::numeric_limits<double>::infinity();
}

TransportBounds bounds_of(const TransportPlan& plan, const ExactWeights& weights, const JudgedCosts& costs,
                          const std::function<BoundedCost(Index, Index)>& cost, bool floor_is_value,
                          const JudgedPotentials& potentials) {
  ExactMasses masses(weights);
  std::vector<Int128> supply = masses.supply, demand = masses.demand;
  DoubleDouble highest, lowest, given;
  double slack = 0.0, rounding = 0.0, size = 0.0;
  visit_exact_flows(plan, masses, [&](std::size_t k, Int128 units) {
    const PlanEntry& entry = plan.entries[k];
    const BoundedCost c = cost(entry.source, entry.target);
    const DoubleDouble mass = masses.mass_of(units);
    highest += mass * (c.value + c.error);
    lowest += mass * (floor_is_value ? c.value : c.value - c.error);
    given += (c.value + c.error) * entry.mass;
    rounding += mass.hi * c.error;
    size += mass.hi * std::abs(c.value.hi);
    slack += mass.hi * potentials.slack(entry);
  });

  // What is left over: by way of one place above, at its own potential below.
  double detour = 0.0, lost = 0.0;
  DoubleDouble left_value;
  const auto leave = [&](Int128 units, Int128 whole, double reach, const DoubleDouble& potential) {
    const DoubleDouble left = masses.mass_of(units);
    const double missing = masses.missing(whole);
    if (!(left.hi + missing > 0.0)) return;
    detour += (left.hi + missing) * reach;
    left_value += left * potential;
    lost += (missing + 0x1p-100 * left.hi) * std::abs(potential.hi);
  };
  for (std::size_t i = 0; i < supply.size(); ++i) {
    const auto row = static_cast<Index>(i);
    if (weights.source()[row] == 0.0 || (masses.supply[i] == 0 && masses.missing(supply[i]) == 0.0)) continue;
    leave(masses.supply[i], supply[i], costs.reach_of_source(row), potentials.phi(row));
  }
  for (std::size_t j = 0; j < demand.size(); ++j) {
    const auto row = static_cast<Index>(j);
    if (weights.target()[row] == 0.0 || (masses.demand[j] == 0 && masses.missing(demand[j]) == 0.0)) continue;
    leave(masses.demand[j], demand[j], costs.reach_of_target(row), potentials.psi(row));
  }

  // Plain sums of numbers that are not negative are right to as many units as they have terms.
  const double terms = static_cast<double>(plan.entries.size() + supply.size() + demand.size() + 8) * unit_roundoff;
  TransportBounds bounds;
  const double summing = terms * 0x1p-49 * size;  // Of sums that are right to 2⁻¹⁰² a term.
  const double upper = std::max((highest + detour * (1.0 + terms)).value(), given.value()) + summing;
  const DoubleDouble dual = lowest + left_value - ((slack + lost) * (1.0 + 2.0 * terms) + summing);
  const double lower = dual.value() * (dual.hi > 0.0 ? 1.0 - potentials.share : 1.0);
  bounds.upper = upper + 4.0 * unit_roundoff * std::abs(upper);
  bounds.lower = std::max(lower - 8.0 * unit_roundoff * std::abs(lower), costs.least_cost());
  bounds.rounding = rounding;
  bounds.centred = std::max(bounds.upper, size);
  return bounds;
}

TransportBounds coarse_bounds(const ExactProblem& problem, const ExactWeights& weights, const Frame& frame, int order,
                              const TransportPlan& plan, const Vector& psi, const CTransform& search) {
  const GroundCost cost(order);
  const double rounding = cost_rounding(frame.dimension());
  const auto rounded = [&](Index i, Index j) {
    return cost(frame.sources().row(i).data(), frame.targets().row(j).data(), frame.dimension());
  };
  const auto bounded = [&](Index i, Index j) {
    const double c = rounded(i, j);
    if (c < 0x1p-900) return problem.cost(i, j);  // Squares may have underflowed.
    return BoundedCost{c, rounding * c};
  };
  const auto slack = [&](const PlanEntry& entry) {
    if (search.minimizer[static_cast<std::size_t>(entry.source)] == entry.target) return 0.0;
    const double phi = search.value[entry.source];
    const double price = rounded(entry.source, entry.target) - psi[entry.target];
    return (std::max(0.0, price - phi) + 2.0 * unit_roundoff * (std::abs(phi) + std::abs(price))) *
           (1.0 + 4.0 * unit_roundoff);
  };
  TransportBounds bounds =
      bounds_of(plan, weights, problem, bounded, true,
                {[&](Index i) { return DoubleDouble(search.value[i]) - unit_roundoff * std::abs(search.value[i]); },
                 [&](Index j) { return DoubleDouble(psi[j]); }, slack, rounding});
  bounds.rounding = 0.0;  // The rule has it.
  bounds.fixed = problem.fixed_cost();
  bounds.centred = std::max(0.0, bounds.upper - problem.decentring());
  return bounds;
}

namespace {

/// A point of a cloud whose mass is all where it is; −1 if there is none.
Index only_place(const DiscreteMeasure& cloud) {
  Index place = -1;
  for (Index i = 0; i < cloud.size(); ++i) {
    if (cloud.weights()[i] == 0.0) continue;
    if (place < 0) place = i;
    if (cloud.points().row(i) != cloud.points().row(place)) return -1;
  }
  return place;
}

}  // namespace

std::optional<TransportBounds> bounds_of_one_place(const ExactProblem& problem, const ExactWeights& weights,
                                                   const DiscreteMeasure& source, const DiscreteMeasure& target) {
  const Index x = only_place(source), y = only_place(target);
  if (x < 0 && y < 0) return std::nullopt;
  const auto cost = [&](Index k) { return x < 0 ? problem.cost(k, y) : problem.cost(x, k); };
  const auto sum_of = [&](const auto& value) {
    return x < 0 ? weights.over_sources(value) : weights.over_targets(value);
  };
  const BoundedSum sum = sum_of([&](Index k) { return cost(k).value; });
  const BoundedSum rounding = sum_of([&](Index k) { return DoubleDouble(cost(k).error); });
  TransportBounds bounds;
  bounds.rounding = (rounding.value.value() + sum.error) * (1.0 + 4.0 * unit_roundoff);
  bounds.upper = (sum.value + bounds.rounding).value() * (1.0 + 4.0 * unit_roundoff);
  bounds.lower = std::max(0.0, (sum.value - bounds.rounding).value() * (1.0 - 4.0 * unit_roundoff));
  bounds.centred = bounds.upper;
  bounds.fixed = problem.fixed_cost();
  return bounds;
}

double lower_bound(const ExactWeights& weights, const Vector& phi, const Vector& psi, Index dimension) {
  const BoundedSum source = weights.over_sources([&](Index i) { return phi[i]; });
  const BoundedSum target = weights.over_targets([&](Index j) { return psi[j]; });
  const BoundedSum rounding = weights.over_sources([&](Index i) { return unit_roundoff * std::abs(phi[i]); });
  const DoubleDouble sum = source.value + target.value;
  const double error = (source.error + target.error + rounding.value.value()) * (1.0 + 0x1p-40);
  return std::max(0.0, (sum - error).value() * (1.0 - cost_rounding(dimension)) * (1.0 - 4.0 * unit_roundoff));
}

namespace {

/// φ of a source: what it pays at most, and the target that it pays it to; −1: one that is not on its shortlist.
struct Payment {
  DoubleDouble price = std::numeric_limits<double>::max();
  Index target = -1;
};

DoubleDouble price_of(const JudgedCosts& problem, const TightPotentials& tight, Index i, Index j) {
  const BoundedCost c = problem.cost(i, j);
  return c.value - c.error - tight.psi[static_cast<std::size_t>(j)];
}

Payment least_price(const JudgedCosts& problem, const TightPotentials& tight, Index i,
                    const search::PricedTarget* found, int count, Index targets) {
  Payment least;
  for (int k = 0; k < count; ++k) {
    const DoubleDouble price = price_of(problem, tight, i, found[k].target);
    if (price < least.price) least = {price, found[k].target};
  }
  if (count > 0 && count < targets) {  // Each of the others is at least as dear as the last.
    const double last = found[count - 1].value, moved = problem.rounding_of_source(i);
    const DoubleDouble others = last - 2.0 * unit_roundoff * std::abs(last) - 2.0 * moved * moved / moving_share;
    if (others < least.price) least = {others, -1};
  }
  return least;
}

}  // namespace

namespace {

/// Searches that may each find pairs which the levels of the trees violate.
constexpr int most_searches = 8;

/// The tight potentials of a plan, with the trees on levels on which no pair is violated that any search has found.
class SettledPotentials {
 public:
  SettledPotentials(const JudgedCosts& problem, const ExactWeights& weights, TightPotentials base, const Search& search)
      : problem_(problem), weights_(weights), search_(search), base_(std::move(base)), settled_(base_) {
    targets_ = problem.search_targets(rounding_);
    targets_with_mass_ = (weights.target().array() > 0.0).count();
  }

  /// Searches once, and moves the trees to where none of the pairs found is violated; false where none had been.
  bool settle() {
    std::vector<std::vector<Slack>> found(base_.phi.size());
    std::atomic<bool> any{false};
    search_(targets_, raised_psi(), shortlist, [&](Index i, const search::PricedTarget* cheapest, int count) {
      add_slacks(i, cheapest, count, found[static_cast<std::size_t>(i)]);
      if (has_violation(i, cheapest, count)) any = true;
    });
    for (const auto& own : found) slacks_.insert(slacks_.end(), own.begin(), own.end());
    settled_ = base_;
    settle_levels(slacks_, settled_);
    return any;
  }

  TransportBounds bounds(const TransportPlan& plan, double share) const {
    std::vector<Payment> payments(base_.phi.size());
    search_(targets_, raised_psi(), shortlist, [&](Index i, const search::PricedTarget* cheapest, int count) {
      payments[static_cast<std::size_t>(i)] = least_price(problem_, settled_, i, cheapest, count, targets_with_mass_);
    });
    const auto slack = [&](const PlanEntry& entry) {
      const Payment& payment = payments[static_cast<std::size_t>(entry.source)];
      if (payment.target == entry.target) return 0.0;
      const DoubleDouble price = price_of(problem_, settled_, entry.source, entry.target);
      const double psi_size = std::abs(settled_.psi[static_cast<std::size_t>(entry.target)].hi);
      return std::max(0.0, (price - payment.price).value()) * (1.0 + 4.0 * unit_roundoff) +
             0x1p-98 * (std::abs(price.hi) + std::abs(payment.price.hi) + 2.0 * psi_size);
    };
    return bounds_of(plan, weights_, problem_, [this](Index i, Index j) { return problem_.cost(i, j); }, false,
                     {[&](Index i) { return payments[static_cast<std::size_t>(i)].price; },
                      [&](Index j) { return settled_.psi[static_cast<std::size_t>(j)]; }, slack,
                      share > 0.0 ? share + moving_share : 0.0});
  }

 private:
  Vector raised_psi() const {
    Vector values(weights_.target().size());
    for (Index j = 0; j < values.size(); ++j) {
      const double moved = rounding_[j] * rounding_[j] / moving_share;
      values[j] = above(above(settled_.psi[static_cast<std::size_t>(j)].hi) + 2.0 * moved);
      if (weights_.target()[j] == 0.0) values[j] = -std::numeric_limits<double>::infinity();
    }
    return values;
  }

  /// The slacks, on the first levels, of the pairs that a source has on its shortlist with other trees.
  void add_slacks(Index i, const search::PricedTarget* cheapest, int count, std::vector<Slack>& slacks) const {
    const Index tree = base_.source_tree[static_cast<std::size_t>(i)];
    if (tree < 0) return;
    const DoubleDouble phi = base_.phi[static_cast<std::size_t>(i)];
    for (int k = 0; k < count; ++k) {
      const auto j = static_cast<std::size_t>(cheapest[k].target);
      if (base_.target_tree[j] == tree) continue;
      const DoubleDouble price = price_of(problem_, base_, i, cheapest[k].target);
      const double size = std::abs(price.hi) + std::abs(phi.hi) + 2.0 * std::abs(base_.psi[j].hi);
      slacks.push_back({tree, base_.target_tree[j], price - phi, 0x1p-94 * size});
    }
  }

  bool has_violation(Index i, const search::PricedTarget* cheapest, int count) const {
    if (base_.source_tree[static_cast<std::size_t>(i)] < 0) return false;
    const DoubleDouble phi = settled_.phi[static_cast<std::size_t>(i)];
    for (int k = 0; k < count; ++k) {
      if (price_of(problem_, settled_, i, cheapest[k].target) < phi) return true;
    }
    return false;
  }

  const JudgedCosts& problem_;
  const ExactWeights& weights_;
  const Search& search_;
  TightPotentials base_;
  TightPotentials settled_;
  Points targets_;
  Index targets_with_mass_;
  Vector rounding_;
  std::vector<Slack> slacks_;
};

}  // namespace

TransportBounds fine_bounds(const JudgedCosts& problem, const ExactWeights& weights, const TransportPlan& plan,
                            const Vector& psi, double share, const Search& search) {
  const auto cost = [&problem](Index i, Index j) { return problem.cost(i, j); };
  const auto settled_from = [&](const std::function<DoubleDouble(Index)>& start, int searches) {
    SettledPotentials potentials(problem, weights, tight_potentials(plan, cost, start), search);
    while (searches-- > 0 && potentials.settle()) {
    }
    return potentials.bounds(plan, share);
  };
  const TransportBounds given = settled_from([&](Index j) { return problem.moved_psi(j, psi[j]); }, 1);
  if (given.relative_gap() <= 1e-12 + share) return given;
  TransportBounds alone = settled_from([](Index) { return DoubleDouble(); }, most_searches);
  alone.lower = std::max(alone.lower, given.lower);
  return alone;
}

}  // namespace brenier
