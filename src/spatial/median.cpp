#include "spatial/median.hpp"

#include <algorithm>
#include <vector>

namespace brenier::spatial {

Quartiles quartiles(const Points& points, Index coordinate) {
  constexpr Index largest_sample = 1000;
  const Index count = std::min(points.rows(), largest_sample);
  std::vector<double> sample(static_cast<std::size_t>(count));
  for (Index k = 0; k < count; ++k) sample[static_cast<std::size_t>(k)] = points(k * points.rows() / count, coordinate);
  const auto at = [&sample](std::size_t place) {
    const auto middle = sample.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(sample.begin(), middle, sample.end());
    return *middle;
  };
  const std::size_t last = sample.size() - 1;
  return {at(last / 4), at(last / 2), at(last - last / 4)};
}

Eigen::RowVectorXd medians(const Points& points) {
  Eigen::RowVectorXd result(points.cols());
  for (Index k = 0; k < points.cols(); ++k) result[k] = quartiles(points, k).median;
  return result;
}

}  // namespace brenier::spatial
