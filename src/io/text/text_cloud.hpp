#pragma once

#include <string>

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// Points as rows of a text table. With a header, a column named `weight` (or `weights`) holds the weights; every other
/// column is a coordinate.
/// @throws FileError
Cloud read_text_cloud(const Input& input);

/// One point a line; where the weights are not 1/n each, a header x1 … xd, weight and a last column with the weights.
/// Numbers read back exactly.
std::string write_text_cloud(const DiscreteMeasure& measure, char separator);

}  // namespace brenier::io
