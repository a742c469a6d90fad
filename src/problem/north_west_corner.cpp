#include "problem/north_west_corner.hpp"

#include <algorithm>
#include <numeric>

namespace brenier {

std::vector<Shipment> north_west_corner(const std::vector<Index>& sources, const std::vector<Index>& targets,
                                        std::vector<std::int64_t> supply, std::vector<std::int64_t> demand) {
  std::vector<Shipment> shipments;
  auto source = sources.begin();
  auto target = targets.begin();
  while (source != sources.end() && target != targets.end()) {
    std::int64_t& left = supply[static_cast<std::size_t>(*source)];
    std::int64_t& wanted = demand[static_cast<std::size_t>(*target)];
    const std::int64_t units = std::min(left, wanted);
    if (units > 0) shipments.push_back({*source, *target, units});
    left -= units;
    wanted -= units;
    if (left == 0) {
      ++source;
    } else {
      ++target;
    }
  }
  return shipments;
}

std::vector<Index> order_along(const Points& points, Index axis) {
  std::vector<Index> order(static_cast<std::size_t>(points.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index i, Index j) {
    return points(i, axis) != points(j, axis) ? points(i, axis) < points(j, axis) : i < j;
  });
  return order;
}

}  // namespace brenier
