#pragma once

#include <string>

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// XYZ point clouds: a point a line, the first three columns are its coordinates; further columns (normals, colours)
/// are not read as coordinates.
/// @throws FileError
Cloud read_xyz(const Input& input);

/// @throws FileError unless the cloud has dimension 3 and default weights.
std::string write_xyz(const std::string& file, const DiscreteMeasure& measure);

}  // namespace brenier::io
