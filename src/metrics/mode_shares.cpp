#include "brenier/mode_shares.hpp"

#include <algorithm>
#include <stdexcept>

#include "brenier/nearest_neighbour.hpp"
#include "numeric/compensated_sum.hpp"
#include "numeric/message.hpp"

namespace brenier {

Index ModeShares::covered() const {
  return std::count_if(close_count.begin(), close_count.end(), [](Index points) { return points > 0; });
}

ModeShares mode_shares(const DiscreteMeasure& cloud, const Points& centres, double radius, int threads) {
  if (!(radius >= 0.0)) throw std::invalid_argument(message("radius: is ", radius, ", expected 0 or more"));
  if (centres.cols() != cloud.dimension()) {
    throw std::invalid_argument(
        message("centres: dimension ", centres.cols(), ", but the cloud has ", cloud.dimension()));
  }
  const NearestNeighbours nearest = nearest_neighbours(centres, cloud.points(), threads);
  const auto modes = static_cast<std::size_t>(centres.rows());
  std::vector<CompensatedSum> mass(modes), close_mass(modes);
  ModeShares shares;
  shares.count.assign(modes, 0);
  shares.close_count.assign(modes, 0);
  for (Index i = 0; i < cloud.size(); ++i) {
    const double share = cloud.weights()[i] / cloud.total_mass();
    if (!(share > 0.0)) continue;
    const auto mode = static_cast<std::size_t>(nearest.index[static_cast<std::size_t>(i)]);
    ++shares.count[mode];
    mass[mode].add(share);
    if (nearest.distance[i] > radius) continue;
    ++shares.close_count[mode];
    close_mass[mode].add(share);
  }
  shares.mass.resize(centres.rows());
  shares.close_mass.resize(centres.rows());
  for (std::size_t k = 0; k < modes; ++k) {
    shares.mass[static_cast<Index>(k)] = mass[k].value();
    shares.close_mass[static_cast<Index>(k)] = close_mass[k].value();
  }
  return shares;
}

}  // namespace brenier
