#pragma once

#include <optional>
#include <string>
#include <vector>

#include "brenier/types.hpp"
#include "io/arrays/scalar_type.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// A property of a PLY element: one number, or a list of them behind its length.
struct PlyProperty {
  std::string name;
  ScalarType type = ScalarType::float32;
  std::optional<ScalarType> length_type;  ///< Set for a list.
};

/// "element vertex 8" and the properties that each of the 8 has.
struct PlyElement {
  std::string name;
  Index count = 0;
  std::vector<PlyProperty> properties;

  /// Position of the property with this name, or −1.
  Index property_named(std::string_view property) const;
};

struct PlyHeader {
  bool ascii = true;
  ByteOrder order = ByteOrder::little;  ///< Where not ASCII.
  std::vector<PlyElement> elements;     ///< In the order of their data.
  std::size_t data_begin = 0;           ///< First byte behind the header.
  Index lines = 0;                      ///< Lines that the header takes.
};

/// Reads the header; comments and obj_info lines are passed over.
/// @throws FileError naming the line.
PlyHeader parse_ply_header(const Input& input);

}  // namespace brenier::io
