#include "problem/frame.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>

#include "numeric/double_double.hpp"
#include "numeric/in_sequence.hpp"
#include "numeric/median.hpp"
#include "numeric/rows.hpp"

namespace brenier {
namespace {

/// Numbers up to 2⁵⁰⁰ have squares, and sums of millions of squares, within a double's 2¹⁰²³.
constexpr int largest_exponent = 500;

/// Beyond this a power of two, or what it multiplies, may leave the normal doubles.
constexpr int safe_exponent = 1000;

/// Clouds whose centres are this many times their width apart are brought together even where that rounds.
constexpr double far_apart = 4.0;

/// The coordinates in which not all points of a cloud have the same value, or for p = 1 of both clouds; ascending, and
/// the first one if there is no other.
std::vector<Index> varying_coordinates(int order, const Points& source, const Points& target) {
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

  std::vector<Index> varying;
  for (Index k = 0; k < source.cols(); ++k) {
    if (!std::binary_search(constant.begin(), constant.end(), k)) varying.push_back(k);
  }
  if (varying.empty()) varying.push_back(0);
  return varying;
}

/// A number near x with few bits: where x itself does not subtract exactly, this one may.
double coarse(double x) { return static_cast<double>(static_cast<float>(x)); }

/// Whether that rounds no point with mass.
bool subtracts_exactly(const DiscreteMeasure& cloud, Index coordinate, double centre) {
  if (centre == 0.0) return true;
  if (!std::isfinite(centre)) return false;
  for (Index i = 0; i < cloud.size(); ++i) {
    const DoubleDouble difference = two_sum(cloud.points()(i, coordinate), -centre);
    if (!(difference.lo == 0.0) && cloud.weights()[i] > 0.0) return false;  // Not a number where it overflows.
  }
  return true;
}

/// Centres of one coordinate of both clouds.
struct Centres {
  double source = 0.0;
  double target = 0.0;
};

/// Where the points of a cloud are in one coordinate.
struct Places {
  Quartiles most;
  double mean;
};

/// Of the centres that subtract exactly one that leaves the means next to each other, or nearly so; medians first,
/// which leave small numbers. Means alone would follow a far point, medians one of two sites.
std::optional<Centres> exact_centres(int order, const DiscreteMeasure& source, const DiscreteMeasure& target, Index k,
                                     const Places& x, const Places& y) {
  const double mx = x.most.median, my = y.most.median;
  std::vector<Centres> candidates;
  if (order == 1) {
    candidates = {{mx, mx}, {coarse(mx), coarse(mx)}, {0.0, 0.0}};
  } else {
    const double medians = coarse(my - mx), means = coarse(y.mean - x.mean);
    candidates = {{mx, my},  {coarse(mx), coarse(my)}, {0.0, medians}, {-medians, 0.0}, {0.0, means}, {-means, 0.0},
                  {0.0, 0.0}};
  }
  const auto rest = [&](const Centres& c) { return std::abs((x.mean - c.source) - (y.mean - c.target)); };
  const auto is_inexact = [&](const Centres& c) {
    return !subtracts_exactly(source, k, c.source) || !subtracts_exactly(target, k, c.target);
  };
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), is_inexact), candidates.end());
  if (candidates.empty()) return std::nullopt;
  double least = std::numeric_limits<double>::infinity();
  for (const Centres& c : candidates) least = std::min(least, rest(c));
  return *std::find_if(candidates.begin(), candidates.end(), [&](const Centres& c) { return rest(c) <= 2.0 * least; });
}

/// The centres of one coordinate; `is_exact` becomes false where they round.
Centres find_centres(int order, const DiscreteMeasure& source, const DiscreteMeasure& target, Index k, const Places& x,
                     const Places& y, bool& is_exact) {
  const Centres exact = exact_centres(order, source, target, k, x, y).value_or(Centres());
  const auto rest = [&](const Centres& c) { return std::abs((x.mean - c.source) - (y.mean - c.target)); };
  const double width = std::max(x.most.upper - x.most.lower, y.most.upper - y.most.lower);
  const Centres between_medians{0.0, y.most.median - x.most.median};
  if (order == 1 || !(rest(exact) > far_apart * width) || !(2.0 * rest(between_medians) < rest(exact))) return exact;
  is_exact = false;
  return between_medians;
}

/// Where the points with mass are, for each coordinate.
std::vector<Places> places_of(const DiscreteMeasure& cloud) {
  const std::vector<Quartiles> most = quartiles(cloud.points(), cloud.weights());
  const Vector mean = cloud.mean();
  std::vector<Places> places;
  for (Index k = 0; k < cloud.dimension(); ++k) places.push_back({most[static_cast<std::size_t>(k)], mean[k]});
  return places;
}

/// Moves and scales one cloud; the scale is exact, as far as doubles reach.
Points framed(const Points& points, const Vector& centre, const std::vector<Index>& coordinates) {
  Points result(points.rows(), static_cast<Index>(coordinates.size()));
  for (Index i = 0; i < result.rows(); ++i) {
    for (Index k = 0; k < result.cols(); ++k) {
      const Index coordinate = coordinates[static_cast<std::size_t>(k)];
      result(i, k) = points(i, coordinate) - centre[coordinate];
    }
  }
  return result;
}

void scale(Points& points, int exponent) {
  if (std::abs(exponent) <= safe_exponent) {
    points *= std::ldexp(1.0, exponent);
  } else {
    points = points.unaryExpr([exponent](double x) { return std::ldexp(x, exponent); });
  }
}

double largest_entry(const Points& points) { return points.cwiseAbs().maxCoeff(); }

}  // namespace

Vector times_power_of_two(const Vector& v, int k) {
  if (std::abs(k) <= safe_exponent) return std::ldexp(1.0, k) * v;
  return v.unaryExpr([k](double x) { return std::ldexp(x, k); });
}

Frame::Frame(int order, const DiscreteMeasure& source, const DiscreteMeasure& target)
    : order_(order),
      coordinates_(varying_coordinates(order, source.points(), target.points())),
      source_centre_(source.points().row(0).transpose()),
      target_centre_(target.points().row(0).transpose()) {
  const std::vector<Places> x = places_of(source), y = places_of(target);
  for (const Index k : coordinates_) {
    const auto column = static_cast<std::size_t>(k);
    const Centres centres = find_centres(order, source, target, k, x[column], y[column], is_exact_);
    source_centre_[k] = centres.source;
    target_centre_[k] = centres.target;
  }
  sources_ = framed(source.points(), source_centre_, coordinates_);
  targets_ = framed(target.points(), target_centre_, coordinates_);
  const Vector offset = source_centre_ - target_centre_;

  const double largest = std::max(largest_entry(sources_), largest_entry(targets_));
  const double offset_size = offset.cwiseAbs().maxCoeff();
  const double limit = std::ldexp(1.0, largest_exponent);
  if (!(largest <= limit && offset_size <= limit)) {
    throw std::invalid_argument(
        "points: distances are above 1e150, so that their squares overflow a double; choose another unit of length");
  }
  exponent_ = largest > 0.0 ? std::max(std::ilogb(largest), -safe_exponent) : 0;
  // The offset is a length too; its square has to fit as well.
  if (offset_size > 0.0) exponent_ = std::max(exponent_, std::ilogb(offset_size) - largest_exponent);
  scale(sources_, -exponent_);
  scale(targets_, -exponent_);
  const Vector scaled_offset = times_power_of_two(offset, -exponent_);
  offset_ = select_entries(scaled_offset, coordinates_);
  if (offset_size == 0.0) return;
  const auto framed_mean = [this](const Vector& mean, const Vector& centre) {
    return select_entries(times_power_of_two(mean - centre, -exponent_), coordinates_).dot(offset_);
  };
  const double source_part = framed_mean(source.mean(), source_centre_);
  const double target_part = framed_mean(target.mean(), target_centre_);
  const double half = 0.5 * (source_part - target_part) + 0.25 * scaled_offset.squaredNorm();
  source_shift_ = half - source_part;
  target_shift_ = half + target_part;
}

void Frame::release_points() {
  sources_.resize(0, 0);
  targets_.resize(0, 0);
}

void Frame::make_points(const Points& source, const Points& target) {
  sources_ = framed(source, source_centre_, coordinates_);
  targets_ = framed(target, target_centre_, coordinates_);
  scale(sources_, -exponent_);
  scale(targets_, -exponent_);
}

Vector Frame::source_shift() const { return (sources_ * offset_).array() + source_shift_; }

Vector Frame::target_shift() const { return -(targets_ * offset_).array() + target_shift_; }

double Frame::to_input(double cost) const { return std::ldexp(cost, order_ * exponent_); }

Potentials Frame::to_input(const Potentials& framed) const {
  return {times_power_of_two(framed.phi + source_shift(), order_ * exponent_),
          times_power_of_two(framed.psi + target_shift(), order_ * exponent_)};
}

Potentials Frame::scaled(const Potentials& potentials) const {
  return {times_power_of_two(potentials.phi, -order_ * exponent_),
          times_power_of_two(potentials.psi, -order_ * exponent_)};
}

Potentials Frame::to_frame(const Potentials& potentials) const {
  const Potentials result = scaled(potentials);
  return {result.phi - source_shift(), result.psi - target_shift()};
}

Vector Frame::psi_to_frame(const Vector& psi) const { return scaled({Vector(), psi}).psi - target_shift(); }

}  // namespace brenier
