#include "cloud_packet.hpp"

#include <utility>

namespace brenier::mpi {

void put_cloud(Packet& packet, const DiscreteMeasure& cloud) {
  // A cloud that was made without weights has the mass 1, which the sum of its n weights may miss by a rounding.
  const double uniform = 1.0 / static_cast<double>(cloud.size());
  const bool is_uniform = cloud.total_mass() == 1.0 && (cloud.weights().array() == uniform).all();
  packet.put(cloud.size()).put(cloud.dimension()).put(static_cast<Index>(is_uniform));
  packet.put(cloud.points().data(), cloud.points().size());
  if (!is_uniform) packet.put(cloud.weights().data(), cloud.size());
}

DiscreteMeasure take_cloud(Packet& packet) {
  const Index size = packet.take_index();
  Points points(size, packet.take_index());
  const bool is_uniform = packet.take_index() != 0;
  packet.take_numbers(points.data(), points.size());
  if (is_uniform) return DiscreteMeasure(std::move(points));
  Vector weights(size);
  packet.take_numbers(weights.data(), size);
  return {std::move(points), std::move(weights)};
}

}  // namespace brenier::mpi
