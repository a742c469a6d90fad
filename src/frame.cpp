#include "frame.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "compensated_sum.hpp"

namespace brenier {
namespace {

/// Numbers within 2^±500 have squares, and sums of millions of squares, within a double's 2^±1022.
constexpr int largest_exponent = 500;

double largest_entry(const Points& points) { return points.cwiseAbs().maxCoeff(); }

/// By a power of two: exact, as far as doubles reach.
void scale(Points& points, int exponent) { points *= std::ldexp(1.0, exponent); }

}  // namespace

Frame::Frame(int order, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  Vector source_centre = source.mean();
  Vector target_centre = target.mean();
  if (order == 1) source_centre = target_centre = 0.5 * source_centre + 0.5 * target_centre;
  sources_ = source.points().rowwise() - source_centre.transpose();
  targets_ = target.points().rowwise() - target_centre.transpose();
  offset_ = source_centre - target_centre;

  const double largest = std::max(largest_entry(sources_), largest_entry(targets_));
  const double offset_size = offset_.cwiseAbs().maxCoeff();
  const int exponent = largest > 0.0 && std::isfinite(largest) ? std::ilogb(largest) : 0;
  const double limit = std::ldexp(1.0, largest_exponent);
  const bool squares_fit = std::abs(exponent) <= largest_exponent && largest <= limit && offset_size <= limit &&
                           std::ldexp(offset_size, -exponent) <= limit;
  if (!squares_fit) {
    throw std::invalid_argument(
        "points: distances from the centre are outside of 1e-150 ... 1e150, where their squares fit into a double; "
        "choose another unit of length");
  }

  scale(sources_, -exponent);
  scale(targets_, -exponent);
  cost_unit_ = std::ldexp(1.0, order * exponent);
  offset_ *= std::ldexp(1.0, -exponent);
}

Vector Frame::source_shift() const { return (sources_ * offset_).array() + 0.25 * offset_.squaredNorm(); }

Vector Frame::target_shift() const { return -(targets_ * offset_).array() + 0.25 * offset_.squaredNorm(); }

double Frame::fixed_cost(const Vector& a, const Vector& b) const {
  return weighted_sum(a, source_shift()) + weighted_sum(b, target_shift());
}

Potentials Frame::to_input(const Potentials& framed) const {
  return {cost_unit_ * (framed.phi + source_shift()), cost_unit_ * (framed.psi + target_shift())};
}

Potentials Frame::to_frame(const Potentials& potentials) const {
  return {potentials.phi / cost_unit_ - source_shift(), potentials.psi / cost_unit_ - target_shift()};
}

}  // namespace brenier
