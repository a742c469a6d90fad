#include "engines/multiscale/levels.hpp"

#include "control/parallel.hpp"
#include "problem/kd_order.hpp"

namespace brenier::engines::multiscale {

Index level_size(Index points, int level) {
  const Index clusters = Index{1} << level;
  return clusters < points ? clusters : points;
}

OrderedCloud make_level(const OrderedCloud& finest, int level, int threads) {
  const Index n = finest.size(), count = level_size(n, level);
  if (count == n) return finest;
  OrderedCloud result;
  result.points.resize(count, finest.points.cols());
  result.mass.resize(static_cast<std::size_t>(count));
  const double operations = 4.0 * static_cast<double>(finest.points.size());
#pragma omp parallel for num_threads(worthwhile_threads(threads, operations)) schedule(static)
  for (Index k = 0; k < count; ++k) {
    auto centre = result.points.row(k);
    centre.setZero();
    std::int64_t mass = 0;
    for (Index i = cell_begin(n, level, k); i < cell_begin(n, level, k + 1); ++i) {
      const std::int64_t part = finest.mass[static_cast<std::size_t>(i)];
      mass += part;
      centre += (static_cast<double>(part) / static_cast<double>(mass)) * (finest.points.row(i) - centre);
    }
    result.mass[static_cast<std::size_t>(k)] = mass;
  }
  return result;
}

Index first_child(Index points, int level, Index cluster) {
  if (level_size(points, level) == points) return cluster;
  if (level_size(points, level + 1) == points) return cell_begin(points, level, cluster);
  return 2 * cluster;
}

}  // namespace brenier::engines::multiscale
