#include "numeric/median.hpp"

#include <algorithm>
#include <vector>

#include "numeric/in_sequence.hpp"

namespace brenier {
namespace {

constexpr std::size_t largest_sample = 1000;

/// Rows with weight, at most so many.
std::vector<Index> sample_rows(Index rows, const Vector& weights) {
  std::vector<Index> candidates;
  if (weights.size() == 0) {
    candidates = in_sequence(rows);
  } else {
    for (Index i = 0; i < rows; ++i) {
      if (weights[i] > 0.0) candidates.push_back(i);
    }
  }
  const std::size_t count = std::min(candidates.size(), largest_sample);
  std::vector<Index> sample(count);
  for (std::size_t k = 0; k < count; ++k) sample[k] = candidates[k * candidates.size() / count];
  return sample;
}

Quartiles quartiles_of(const Points& points, Index coordinate, const std::vector<Index>& rows) {
  std::vector<double> values;
  values.reserve(rows.size());
  for (const Index row : rows) values.push_back(points(row, coordinate));
  const auto at = [&values](std::size_t place) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
  };
  const std::size_t last = values.size() - 1;
  return {at(last / 4), at(last / 2), at(last - last / 4)};
}

}  // namespace

std::vector<Quartiles> quartiles(const Points& points, const Vector& weights) {
  const std::vector<Index> rows = sample_rows(points.rows(), weights);
  std::vector<Quartiles> result;
  for (Index k = 0; k < points.cols(); ++k) result.push_back(quartiles_of(points, k, rows));
  return result;
}

Eigen::RowVectorXd medians(const Points& points, const Vector& weights) {
  const std::vector<Quartiles> found = quartiles(points, weights);
  Eigen::RowVectorXd result(points.cols());
  for (Index k = 0; k < points.cols(); ++k) result[k] = found[static_cast<std::size_t>(k)].median;
  return result;
}

}  // namespace brenier
