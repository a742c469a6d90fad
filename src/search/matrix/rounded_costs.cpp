#include "search/matrix/rounded_costs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "numeric/directed_float.hpp"
#include "numeric/median.hpp"

namespace brenier::search {
namespace {

constexpr double unit_roundoff = 0x1p-24;
constexpr int largest_exponent = 500;
constexpr Index largest_dimension = Index{1} << 20;

/// Rows that are multiplied together, and the floats that they may take beyond a few: what stays in the cache.
constexpr Index most_rows = 48;
constexpr Index fewest_rows = 6;
constexpr Index floats_at_a_time = Index{1} << 20;

/// What it costs to round an entry of the factors, in operations: whether threads pay.
constexpr double operations_an_entry = 8.0;

/// γ of the class's comment; infinity where it makes no sense.
double relative_error(Index dimension) {
  if (dimension > largest_dimension) return std::numeric_limits<double>::infinity();
  const double k = static_cast<double>(dimension + 16) * unit_roundoff;
  return k / (1.0 - k);
}

double underflow_error(Index dimension) { return static_cast<double>(dimension + 16) * 0x1p-124; }

}  // namespace

RoundedCosts::RoundedCosts(const Points& rows, const Points& columns, int threads)
    : rows_(rows.rows()),
      columns_(columns.rows()),
      left_(static_cast<std::size_t>(rows.rows() * (rows.cols() + 2))),
      panels_(columns.rows(), columns.cols() + 2),
      row_error_(static_cast<std::size_t>(rows.rows())),
      column_error_(static_cast<std::size_t>(panels_.padded_vectors())) {
  const Index d = columns.cols();
  const Eigen::RowVectorXd centre = medians(columns);  // A far point moves no median.
  double largest = 0.0;
  for (Index i = 0; i < rows_; ++i) largest = std::max(largest, (rows.row(i) - centre).cwiseAbs().maxCoeff());
  for (Index j = 0; j < columns_; ++j) largest = std::max(largest, (columns.row(j) - centre).cwiseAbs().maxCoeff());
  const int exponent = largest > 0.0 && std::isfinite(largest) ? std::ilogb(largest) : 0;
  if (!std::isfinite(largest) || std::abs(exponent) > largest_exponent || d > largest_dimension) {
    std::fill(row_error_.begin(), row_error_.end(), std::numeric_limits<float>::infinity());
    return;
  }

  unit_ = std::ldexp(1.0, exponent);
  const double gamma = relative_error(d), least = underflow_error(d);
  const double operations = operations_an_entry * static_cast<double>(rows_ + columns_) * static_cast<double>(d);
  const auto round_row = [&](Index i, Eigen::RowVectorXd& scaled) {
    scaled = (rows.row(i) - centre) / unit_;
    const double squared = scaled.squaredNorm();
    float* left = left_.data() + i * (d + 2);
    for (Index k = 0; k < d; ++k) left[k] = static_cast<float>(scaled[k]);
    left[d] = static_cast<float>(0.5 * squared);
    left[d + 1] = 1.0F;
    row_error_[static_cast<std::size_t>(i)] = float_above(gamma * squared + least);
  };
  const auto round_column = [&](Index j, Eigen::RowVectorXd& scaled) {
    scaled = (columns.row(j) - centre) / unit_;
    const double squared = scaled.squaredNorm();
    for (Index k = 0; k < d; ++k) panels_.at(j, k) = -static_cast<float>(scaled[k]);
    panels_.at(j, d) = 1.0F;
    panels_.at(j, d + 1) = static_cast<float>(0.5 * squared);
    column_error_[static_cast<std::size_t>(j)] = float_above(gamma * squared + least);
  };
  ParallelErrors errors;
#pragma omp parallel num_threads(worthwhile_threads(threads, operations))
  {
    Eigen::RowVectorXd scaled;
#pragma omp for schedule(static) nowait
    for (Index i = 0; i < rows_; ++i) errors.run([&] { round_row(i, scaled); });
#pragma omp for schedule(static)
    for (Index j = 0; j < columns_; ++j) errors.run([&] { round_column(j, scaled); });
  }
  errors.rethrow();
}

double RoundedCosts::bytes(Index rows, Index columns) {
  return static_cast<double>(rows) * static_cast<double>(FloatPanels::padded(columns)) * sizeof(float);
}

double RoundedCosts::least_bytes(Index rows, Index columns, Index dimension) {
  const double vectors = static_cast<double>(rows) + static_cast<double>(FloatPanels::padded(columns));
  return vectors * static_cast<double>(dimension + 3) * sizeof(float);
}

Index RoundedCosts::rows_at_a_time(Index stride) {
  return std::clamp(floats_at_a_time / stride, fewest_rows, most_rows) / fewest_rows * fewest_rows;
}

void RoundedCosts::keep(double bytes, int threads, const std::function<bool()>& stop) {
  const double fitting = std::floor(bytes / (static_cast<double>(stride()) * sizeof(float)));
  const Index wanted = fitting < static_cast<double>(rows_) ? static_cast<Index>(fitting) : rows_;
  if (wanted <= 0) return;
  kept_.reset(new float[static_cast<std::size_t>(wanted * stride())]);  // Not zeroed first, unlike a vector.

  // A stretch at a time, so that a stop is noticed and what is there by then is kept.
  const Index step = rows_at_a_time();
  const Index stretch = step * 4 * threads;
  const double work = static_cast<double>(stretch * stride()) * static_cast<double>(panels_.entries());
  for (Index begin = 0; begin < wanted && !stop(); begin += stretch) {
    const Index end = std::min(begin + stretch, wanted);
#pragma omp parallel for schedule(dynamic) num_threads(worthwhile_threads(threads, work))
    for (Index row = begin; row < end; row += step) {
      panels_.multiply(left_.data() + row * panels_.entries(), std::min(step, end - row), kept_.get() + row * stride());
    }
    kept_rows_ = end;
  }
}

double RoundedCosts::Reader::bytes(Index columns, Index dimension) {
  const Index stride = FloatPanels::padded(columns);
  return static_cast<double>(rows_at_a_time(stride)) * static_cast<double>(stride + dimension + 2) * sizeof(float);
}

void RoundedCosts::Reader::read(const Index* rows, Index count, const float** q) {
  const Index entries = costs_.panels_.entries(), stride = costs_.stride();
  Index missing = 0;
  for (Index k = 0; k < count; ++k) missing += rows[k] >= costs_.kept_rows_ ? 1 : 0;
  left_.resize(static_cast<std::size_t>(missing * entries));
  product_.resize(static_cast<std::size_t>(missing * stride));
  Index place = 0;
  for (Index k = 0; k < count; ++k) {
    if (rows[k] < costs_.kept_rows_) {
      q[k] = costs_.kept_.get() + rows[k] * stride;
      continue;
    }
    std::copy_n(costs_.left_.data() + rows[k] * entries, entries, left_.data() + place * entries);
    q[k] = product_.data() + place * stride;
    ++place;
  }
  if (missing > 0) costs_.panels_.multiply(left_.data(), missing, product_.data());
}

}  // namespace brenier::search
