#pragma once

#include <string>

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// Vertices of an ASCII OFF mesh (also COFF, NOFF, STOFF and their mixtures: what follows the three coordinates on a
/// line is passed over). Faces are only counted.
/// @throws FileError
Cloud read_off(const Input& input);

/// A mesh of vertices without faces.
/// @throws FileError unless the cloud has dimension 3 and default weights.
std::string write_off(const std::string& file, const DiscreteMeasure& measure);

}  // namespace brenier::io
