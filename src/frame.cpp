#include "frame.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "compensated_sum.hpp"
#include "in_sequence.hpp"
#include "rows.hpp"

namespace brenier {
namespace {

/// Numbers within 2^±500 have squares, and sums of millions of squares, within a double's 2^±1022.
constexpr int largest_exponent = 500;

double largest_entry(const Points& points) { return points.cwiseAbs().maxCoeff(); }

/// The coordinates in which not all points of a cloud have the same value, or for p = 1 of both clouds; ascending, and
/// the first one if there is no other.
std::vector<Index> telling_coordinates(int order, const Points& source, const Points& target) {
  std::vector<Index> constant = in_sequence(source.cols());
  const auto sift = [&constant](const Points& points, const double* first) {
    for (Index i = 0; i < points.rows() && !constant.empty(); ++i) {
      const double* point = points.row(i).data();
      const auto differs = [=](Index k) { return point[k] != first[k]; };
      constant.erase(std::remove_if(constant.begin(), constant.end(), differs), constant.end());
    }
  };
  sift(source, source.row(0).data());
  sift(target, order == 1 ? source.row(0).data() : target.row(0).data());

  std::vector<Index> telling;
  for (Index k = 0; k < source.cols(); ++k) {
    if (!std::binary_search(constant.begin(), constant.end(), k)) telling.push_back(k);
  }
  if (telling.empty()) telling.push_back(0);
  return telling;
}

Points centred(const Points& points, const Vector& centre, const std::vector<Index>& coordinates) {
  Points result(points.rows(), static_cast<Index>(coordinates.size()));
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index k = 0; k < result.cols(); ++k) {
      const Index coordinate = coordinates[static_cast<std::size_t>(k)];
      result(i, k) = points(i, coordinate) - centre[coordinate];
    }
  }
  return result;
}

/// By a power of two: exact, as far as doubles reach.
void scale(Points& points, int exponent) { points *= std::ldexp(1.0, exponent); }

}  // namespace

Frame::Frame(int order, const DiscreteMeasure& source, const DiscreteMeasure& target) {
  Vector source_centre = source.mean();
  Vector target_centre = target.mean();
  if (order == 1) source_centre = target_centre = 0.5 * source_centre + 0.5 * target_centre;
  const std::vector<Index> coordinates = telling_coordinates(order, source.points(), target.points());
  sources_ = centred(source.points(), source_centre, coordinates);
  targets_ = centred(target.points(), target_centre, coordinates);
  const Vector offset = source_centre - target_centre;

  const double largest = std::max(largest_entry(sources_), largest_entry(targets_));
  const double offset_size = offset.cwiseAbs().maxCoeff();
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
  const Vector scaled_offset = std::ldexp(1.0, -exponent) * offset;
  offset_ = select_entries(scaled_offset, coordinates);
  shift_ = 0.25 * scaled_offset.squaredNorm();
}

Vector Frame::source_shift() const { return (sources_ * offset_).array() + shift_; }

Vector Frame::target_shift() const { return -(targets_ * offset_).array() + shift_; }

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
