#pragma once

#include <vector>

#include "brenier/types.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// A grey picture; values as they are stored, not divided by the maximum, so that they stay integers.
struct Picture {
  Index rows = 0;
  Index columns = 0;
  std::vector<double> values;  ///< Row-major.
};

/// Reads a PGM picture: P2 (text) or P5 (binary, two bytes a pixel, the higher first, for a maximum above 255).
/// @throws FileError
Picture parse_pgm(const Input& input);

}  // namespace brenier::io
