#include "brenier/discrete_measure.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "numeric/compensated_sum.hpp"
#include "numeric/message.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

void check_points(const Points& points) {
  if (points.rows() == 0) throw std::invalid_argument("points: there is no point, at least one is needed");
  if (points.cols() == 0) throw std::invalid_argument("points: the points have no coordinate, at least one is needed");
  check_finite("points", points);
}

}  // namespace

DiscreteMeasure::DiscreteMeasure(Points points) : points_(std::move(points)) {
  check_points(points_);
  weights_ = Vector::Constant(size(), 1.0 / static_cast<double>(size()));
  total_mass_ = 1.0;
}

DiscreteMeasure::DiscreteMeasure(Points points, Vector weights)
    : points_(std::move(points)), weights_(std::move(weights)) {
  check_points(points_);
  total_mass_ = checked_mass("weights", weights_, size());
}

Vector DiscreteMeasure::mean() const {
  Index heaviest = 0;
  weights_.maxCoeff(&heaviest);
  // Counted from the heaviest point, so that the mean of points in one place is that place, without rounding.
  const Vector origin = points_.row(heaviest).transpose();
  CompensatedVectorSum sum(dimension());
  for (Index i = 0; i < size(); ++i) {
    const double share = weights_[i] / total_mass_;
    const double* point = points_.row(i).data();
    sum.add([&](Index k) { return share * (point[k] - origin[k]); });
  }
  return origin + sum.value();
}

DiscreteMeasure DiscreteMeasure::normalized() const { return DiscreteMeasure(points_, weights_ / total_mass_); }

}  // namespace brenier
