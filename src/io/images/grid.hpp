#pragma once

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// A picture as a measure in the plane: the pixel in row r and column c, both from 0, is a point at (c + ½, r + ½)
/// whose weight is the pixel's value. Pixels of value zero are kept as points without mass.
///
/// Reads PGM pictures (P2 and P5, 8 and 16 bit) and, under any other name, a matrix of numbers as text.
/// @throws FileError
Cloud read_grid(const Input& input);

}  // namespace brenier::io
