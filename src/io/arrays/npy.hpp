#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// An array of numbers with one or two dimensions.
struct NumberArray {
  std::string name;    ///< For messages.
  Points values;       ///< n×d; an array of one dimension is n×1.
  int dimensions = 2;  ///< 1 or 2, as the file says.

  /// "points[2, 1]", or "weights[2]" for one dimension.
  std::string place(Index row, Index column = 0) const;
};

/// Reads an array: float32, float64 or integers, C or Fortran order, either byte order.
/// @throws FileError for another type, 0 or more than 2 dimensions, no entry, or data of another size than the shape
/// says. Nothing is allocated before that is checked. Also for a 64-bit integer that a double does not hold.
NumberArray parse_npy(const std::string& file, const std::string& array, std::string_view bytes);

/// As .npy: little-endian float64 in C order, or int64.
std::string npy_bytes(const Points& values);
std::string npy_bytes(const Vector& values);
std::string npy_bytes(const std::vector<Index>& values);

/// A single array as points.
/// @throws FileError
Cloud read_npy(const Input& input);

/// @throws FileError unless the cloud has default weights.
std::string write_npy(const std::string& file, const DiscreteMeasure& measure);

}  // namespace brenier::io
