#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "brenier/types.hpp"
#include "support/random_clouds.hpp"

namespace brenier::test {

/// Two clouds with integer coordinates and integer masses of equal sum.
struct IntegerInstance {
  std::string family;
  Points sources;  ///< Integers up to 10¹³: doubles hold them.
  Points targets;
  std::vector<Index> supply;
  std::vector<Index> demand;

  Index mass() const;
  bool has_equal_weights() const;
};

/// An instance of the family that belongs to the seed: lattices, clusters, far points, sites, three scales, offsets,
/// translations, coinciding points; 1 to 15 dimensions, up to 40 points a side.
IntegerInstance draw_instance(std::uint64_t seed);

}  // namespace brenier::test
