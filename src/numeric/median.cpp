#include "numeric/median.hpp"

#include <algorithm>
#include <vector>

#include "numeric/in_sequence.hpp"

namespace brenier {
namespace {

/// Rows that are looked at, at most: a thousand, in high dimension fewer, so that what is looked at stays small.
std::size_t largest_sample(Index dimension) {
  return static_cast<std::size_t>(std::clamp(Index{16000} / dimension, Index{40}, Index{1000}));
}

/// Rows with weight, at most so many.
std::vector<Index> sample_rows(Index rows, std::size_t most, const Vector& weights) {
  std::vector<Index> candidates;
  if (weights.size() == 0) {
    candidates = in_sequence(rows);
  } else {
    for (Index i = 0; i < rows; ++i) {
      if (weights[i] > 0.0) candidates.push_back(i);
    }
  }
  const std::size_t count = std::min(candidates.size(), most);
  std::vector<Index> sample(count);
  for (std::size_t k = 0; k < count; ++k) sample[k] = candidates[k * candidates.size() / count];
  return sample;
}

/// Coordinates that are taken from the rows in one go: as many as one or two lines of a cache hold.
constexpr Index coordinates_at_a_time = 16;

/// Calls visit(k, values) for each coordinate k with its values in the sample, which the visit may reorder.
template <class Visit>
void for_each_coordinate(const Points& points, const Vector& weights, Visit&& visit) {
  const std::vector<Index> rows = sample_rows(points.rows(), largest_sample(points.cols()), weights);
  std::vector<double> values[coordinates_at_a_time];
  for (Index first = 0; first < points.cols(); first += coordinates_at_a_time) {
    const Index count = std::min(coordinates_at_a_time, points.cols() - first);
    for (Index k = 0; k < count; ++k) values[k].resize(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const double* point = points.row(rows[r]).data() + first;
      for (Index k = 0; k < count; ++k) values[k][r] = point[k];
    }
    for (Index k = 0; k < count; ++k) visit(first + k, values[k]);
  }
}

/// The value at a place of the sorted sequence between two others. Those before it are left before it.
double value_at(std::vector<double>& values, std::size_t begin, std::size_t place, std::size_t end) {
  const auto from = values.begin();
  const auto at = [from](std::size_t k) { return from + static_cast<std::ptrdiff_t>(k); };
  std::nth_element(at(begin), at(place), at(end));
  return values[place];
}

Quartiles quartiles_of(std::vector<double>& values) {
  const std::size_t last = values.size() - 1, lower = last / 4, median = last / 2, upper = last - last / 4;
  Quartiles found;
  found.median = value_at(values, 0, median, values.size());
  found.lower = value_at(values, 0, lower, median + 1);
  found.upper = value_at(values, median, upper, values.size());
  return found;
}

}  // namespace

std::vector<Quartiles> quartiles(const Points& points, const Vector& weights) {
  std::vector<Quartiles> found(static_cast<std::size_t>(points.cols()));
  for_each_coordinate(points, weights, [&found](Index k, std::vector<double>& values) {
    found[static_cast<std::size_t>(k)] = quartiles_of(values);
  });
  return found;
}

Eigen::RowVectorXd medians(const Points& points, const Vector& weights) {
  Eigen::RowVectorXd found(points.cols());
  for_each_coordinate(points, weights, [&found](Index k, std::vector<double>& values) {
    found[k] = value_at(values, 0, (values.size() - 1) / 2, values.size());
  });
  return found;
}

}  // namespace brenier
