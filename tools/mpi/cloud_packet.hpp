#pragma once

#include "brenier/discrete_measure.hpp"
#include "packet.hpp"

namespace brenier::mpi {

/// A cloud that `take_cloud` makes again bit by bit: coordinates, weights and total mass. Weights that are all 1/n are
/// left out.
void put_cloud(Packet& packet, const DiscreteMeasure& cloud);
DiscreteMeasure take_cloud(Packet& packet);

}  // namespace brenier::mpi
