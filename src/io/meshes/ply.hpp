#pragma once

#include <string>

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// Vertices of a PLY mesh or scan, ASCII or binary of either byte order: the properties x, y and, where it is there, z;
/// a property `weight` holds weights. Other properties, lists and elements are passed over, but must be complete.
/// @throws FileError
Cloud read_ply(const Input& input);

/// Binary little-endian vertices with x, y (and z) as doubles, and `weight` where the weights are not 1/n each.
/// @throws FileError unless the cloud has dimension 2 or 3.
std::string write_ply(const std::string& file, const DiscreteMeasure& measure);

}  // namespace brenier::io
