#include "certificate/transport_bounds.hpp"

#include <algorithm>
#include <limits>

#include "certificate/plan_potential.hpp"

namespace brenier {
namespace {

/// Targets of a source whose prices are computed to twice the digits.
constexpr int shortlist = 8;

/// The part θ of a cost that may make up for the rounding ρ of a moved point: |w + r|² ≥ (1 − θ)|w|² − |r|²/θ.
constexpr double moving_share = 0x1p-43;

double above(double x) { return std::nextafter(x, std::numeric_limits<double>::infinity()); }

/// A lower bound of a sum, scaled: costs are not negative, so neither is what is left.
double lowered(const BoundedSum& source, const BoundedSum& target, double rounding, double share) {
  const DoubleDouble sum = source.value + target.value;
  const double error = (source.error + target.error + rounding) * (1.0 + 0x1p-40);
  return std::max(0.0, (sum - error).value() * (1.0 - share) * (1.0 - 4.0 * unit_roundoff));
}

}  // namespace

double TransportBounds::relative_gap() const {
  const double gap = upper - lower;
  if (!(gap > 0.0)) return 0.0;
  return centred > 0.0 ? gap / centred : std::numeric_limits<double>::infinity();
}

double lower_bound(const ExactWeights& weights, const Vector& phi, const Vector& psi, Index dimension) {
  const BoundedSum source = weights.over_sources([&](Index i) { return phi[i]; });
  const BoundedSum target = weights.over_targets([&](Index j) { return psi[j]; });
  const BoundedSum rounding = weights.over_sources([&](Index i) { return unit_roundoff * std::abs(phi[i]); });
  return lowered(source, target, rounding.value.value(), cost_rounding(dimension));
}

TransportBounds fine_bounds(const ExactProblem& problem, const ExactWeights& weights, const TransportPlan& plan,
                            const Vector& psi, Index dimension, const Search& search) {
  const auto cost = [&problem](Index i, Index j) { return problem.cost(i, j); };
  const std::vector<DoubleDouble> tight = tight_potential(
      plan, cost, [&](Index j) { return problem.moved_psi(j, psi[j]); });

  Vector rounding;
  const Points targets = problem.moved_targets(rounding);
  Vector raised(targets.rows());
  for (Index j = 0; j < raised.size(); ++j) {
    const DoubleDouble value = tight[static_cast<std::size_t>(j)];
    const double moved = rounding[j] * rounding[j] / moving_share;
    raised[j] = above(above(value.hi) + 2.0 * moved);
    if (weights.target()[j] == 0.0) raised[j] = -std::numeric_limits<double>::infinity();
  }
  std::vector<DoubleDouble> phi(static_cast<std::size_t>(plan.sources));
  search(targets, raised, shortlist, [&](Index i, const pricing::PricedTarget* found, int count) {
    DoubleDouble least = std::numeric_limits<double>::max();
    for (int k = 0; k < count; ++k) {
      const BoundedCost c = problem.cost(i, found[k].target);
      const DoubleDouble price = c.value - c.error - tight[static_cast<std::size_t>(found[k].target)];
      if (price < least) least = price;
    }
    if (count == shortlist) {  // Of the others, which may be none, each is at least as dear as the last.
      const double last = found[count - 1].value, moved = problem.rounding_of_source(i);
      const DoubleDouble others = last - 2.0 * unit_roundoff * std::abs(last) - 2.0 * moved * moved / moving_share;
      if (others < least) least = others;
    }
    phi[static_cast<std::size_t>(i)] = least;
  });

  TransportBounds bounds;
  bounds.fixed = problem.fixed_cost();
  bounds.upper = upper_bound(plan, weights, problem, cost);
  bounds.centred = std::max(0.0, bounds.upper - problem.decentring());
  const double share = cost_rounding(dimension) + moving_share;
  bounds.lower = lowered(weights.over_sources([&](Index i) { return phi[static_cast<std::size_t>(i)]; }),
                         weights.over_targets([&](Index j) { return tight[static_cast<std::size_t>(j)]; }), 0.0, share);
  return bounds;
}

}  // namespace brenier
