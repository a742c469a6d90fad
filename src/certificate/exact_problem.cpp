#include "certificate/exact_problem.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/median.hpp"

namespace brenier {
namespace {

constexpr double unit_roundoff = 0x1p-53;

/// Costs that a double cannot tell from zero are taken for this.
constexpr double smallest_cost = 0x1p-960;

DoubleDouble scaled(DoubleDouble x, double factor) { return {x.hi * factor, x.lo * factor}; }

double size(DoubleDouble x) { return std::abs(x.hi) * (1.0 + 2.0 * unit_roundoff); }

}  // namespace

ExactProblem::ExactProblem(int order, const Frame& frame, const DiscreteMeasure& source_cloud,
                           const DiscreteMeasure& target_cloud, const ExactWeights& weights, bool bring_together)
    : order_(order),
      frame_(frame),
      sources_(source_cloud.points()),
      targets_(target_cloud.points()),
      unit_(std::ldexp(1.0, -frame.exponent())),
      z_(Vector::Zero(frame.dimension())),
      place_(medians(frame.sources(), source_cloud.weights()).transpose()) {
  if (order == 1) return;
  const DoubleDouble mass = weights.mass();
  for (Index k = 0; k < frame.dimension(); ++k) {
    const BoundedSum x = weights.over_sources([&](Index i) { return source(i, k); });
    const BoundedSum y = weights.over_targets([&](Index j) { return target(j, k); });
    const DoubleDouble apart = (x.value - y.value) / mass;
    if (bring_together) z_[k] = apart.value();
    const Index given = frame.coordinates()[static_cast<std::size_t>(k)];
    const DoubleDouble shift =
        scaled(two_sum(frame.source_centre()[given], -frame.target_centre()[given]), unit_) + z_[k];
    const DoubleDouble rest = apart - z_[k];
    const DoubleDouble own = rest * shift + shift * shift * 0.5;
    fixed_cost_.value += own;
    const double error = (x.error + y.error) / mass.hi + 0x1p-96 * (std::abs(apart.hi) + std::abs(z_[k]));
    const double least = std::max(0.0, std::abs(rest.value()) - error);
    fixed_cost_.error += error * std::abs(shift.hi) + 0x1p-98 * (std::abs(rest.hi * shift.hi) + shift.hi * shift.hi);
    decentring_ += 0.5 * least * least * mass.value();
  }
  const Vector& ms = frame.source_centre();
  const Vector& mt = frame.target_centre();
  auto kept = frame.coordinates().begin();
  for (Index given = 0; given < ms.size(); ++given) {
    if (kept != frame.coordinates().end() && *kept == given) {
      ++kept;
      continue;
    }
    const DoubleDouble shift = scaled(two_sum(ms[given], -mt[given]), unit_);
    fixed_cost_.value += shift * shift * 0.5;
    fixed_cost_.error += 0x1p-98 * shift.hi * shift.hi;
  }
  fixed_cost_ = {fixed_cost_.value * mass, fixed_cost_.error * mass.hi * (1.0 + 0x1p-40)};
}

DoubleDouble ExactProblem::source(Index i, Index k) const {
  const Index given = frame_.coordinates()[static_cast<std::size_t>(k)];
  return scaled(two_sum(sources_(i, given), -frame_.source_centre()[given]), unit_);
}

DoubleDouble ExactProblem::target(Index j, Index k) const {
  const Index given = frame_.coordinates()[static_cast<std::size_t>(k)];
  return scaled(two_sum(targets_(j, given), -frame_.target_centre()[given]), unit_);
}

// Three numbers are added for each coordinate, each sum right to 2⁻¹⁰³ of itself: what is left is right to 2⁻¹⁰² of the
// largest of them, and exact where nothing is left of equal coordinates.
BoundedCost ExactProblem::cost(Index i, Index j) const {
  DoubleDouble squares;
  double error = 0.0;
  bool differ = false;
  for (Index k = 0; k < z_.size(); ++k) {
    const DoubleDouble apart = source(i, k) - target(j, k);
    const DoubleDouble way = apart - z_[k];
    squares += way * way;
    if (apart.hi == 0.0 && z_[k] == 0.0) continue;
    differ = true;
    const double rounding = 0x1p-102 * (std::abs(apart.hi) + std::abs(z_[k]));
    error += (2.0 * std::abs(way.hi) + rounding) * rounding;
  }
  error += 0x1p-90 * squares.hi;
  if (order_ == 2) {
    const double least = differ ? smallest_cost : 0.0;
    return {squares * 0.5, error + least};
  }
  const DoubleDouble root = sqrt(squares);
  if (!differ) return {};
  return {root, root.hi > smallest_cost ? error / root.hi + 0x1p-90 * root.hi : std::sqrt(error) + smallest_cost};
}

double ExactProblem::reach(const std::function<DoubleDouble(Index)>& coordinate) const {
  double squares = 0.0;
  for (Index k = 0; k < z_.size(); ++k) {
    const double way = size(coordinate(k) - place_[k]);
    squares += way * way;
  }
  const double raised = squares * (1.0 + static_cast<double>(z_.size() + 8) * 2.0 * unit_roundoff);
  return order_ == 2 ? raised : std::sqrt(raised) * (1.0 + 4.0 * unit_roundoff);
}

double ExactProblem::reach_of_source(Index i) const {
  return reach([&](Index k) { return source(i, k); });
}

double ExactProblem::reach_of_target(Index j) const {
  return reach([&](Index k) { return target(j, k) + z_[k]; });
}

DoubleDouble ExactProblem::moved_psi(Index j, double psi) const {
  DoubleDouble moved = psi;
  for (Index k = 0; k < z_.size(); ++k) {
    if (z_[k] != 0.0) moved += target(j, k) * z_[k];
  }
  return moved;
}

double ExactProblem::least_cost() const { return decentring_ * (1.0 - 8.0 * unit_roundoff); }

Points ExactProblem::search_targets(Vector& rounding) const {
  Points moved(targets_.rows(), z_.size());
  rounding.resize(targets_.rows());
  for (Index j = 0; j < moved.rows(); ++j) {
    double squares = 0.0;
    for (Index k = 0; k < z_.size(); ++k) {
      const DoubleDouble exact = target(j, k) + z_[k];
      moved(j, k) = exact.hi;
      squares += exact.lo * exact.lo;
    }
    rounding[j] = std::sqrt(squares) * (1.0 + 0x1p-40);
  }
  return moved;
}

double ExactProblem::rounding_of_source(Index i) const {
  double squares = 0.0;
  for (Index k = 0; k < z_.size(); ++k) {
    const double lost = source(i, k).lo;
    squares += lost * lost;
  }
  return std::sqrt(squares) * (1.0 + 0x1p-40);
}

}  // namespace brenier
