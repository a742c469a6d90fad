#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brenier/types.hpp"
#include "io/arrays/scalar_type.hpp"

namespace brenier::io {

/// What a NumPy array file says of its data.
struct NpyHeader {
  ScalarType type = ScalarType::float64;
  ByteOrder order = ByteOrder::little;
  bool column_major = false;   ///< fortran_order
  std::vector<Index> shape;    ///< Not negative; its product is not checked.
  std::size_t data_begin = 0;  ///< First byte behind the header.
};

/// Reads the header of format version 1, 2 or 3: magic, version, length, a Python dict with the keys descr,
/// fortran_order and shape.
/// @throws FileError naming the array.
NpyHeader parse_npy_header(const std::string& file, const std::string& array, std::string_view bytes);

/// A version 1 header for little-endian data in C order; `descr` is "<f8" or "<i8".
std::string npy_header(std::string_view descr, const std::vector<Index>& shape);

}  // namespace brenier::io
