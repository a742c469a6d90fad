#include "io/images/idx.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include "io/arrays/scalar_type.hpp"
#include "io/failure.hpp"

namespace brenier::io {
namespace {

std::optional<ScalarType> idx_type(unsigned char code) {
  switch (code) {
    case 0x08:
      return ScalarType::uint8;
    case 0x09:
      return ScalarType::int8;
    case 0x0b:
      return ScalarType::int16;
    case 0x0c:
      return ScalarType::int32;
    case 0x0d:
      return ScalarType::float32;
    case 0x0e:
      return ScalarType::float64;
    default:
      return std::nullopt;
  }
}

}  // namespace

Cloud read_idx(const Input& input) {
  const std::string_view bytes = input.bytes;
  constexpr std::size_t size_bytes = 4;  // of the magic number and of each dimension
  if (bytes.size() < size_bytes || bytes[0] != 0 || bytes[1] != 0) {
    fail(input.name, "header", quoted(bytes.substr(0, size_bytes)),
         "two zero bytes, a type and a number of dimensions");
  }
  const auto code = static_cast<unsigned char>(bytes[2]);
  const std::optional<ScalarType> type = idx_type(code);
  if (!type) fail(input.name, "header", "type " + std::to_string(code), "8, 9, 11, 12, 13 or 14");
  const std::size_t dimensions = static_cast<unsigned char>(bytes[3]);
  const std::size_t header = size_bytes * (1 + dimensions);
  if (bytes.size() < header) fail(input.name, "header", counted(bytes.size(), "byte"), std::to_string(header));
  if (dimensions == 0) fail(input.name, "header", "0 dimensions", "at least 1");
  if (dimensions == 1 && *type == ScalarType::uint8) {
    fail(input.name, "header", "1 dimension of unsigned bytes (labels)", "images: at least 2 dimensions");
  }

  const std::string_view data = bytes.substr(header);
  const std::size_t room = data.size() / size_of(*type);
  std::size_t numbers = 1;  // never more than room, so that no product overflows
  bool fits = true;
  std::vector<Index> shape;
  for (std::size_t k = 0; k < dimensions; ++k) {
    const double size = load_scalar(ScalarType::uint32, ByteOrder::big, bytes.data() + size_bytes * (1 + k));
    if (size == 0) fail(input.name, "header", "size 0 in dimension " + std::to_string(k + 1), "at least 1");
    shape.push_back(static_cast<Index>(size));
    fits = fits && static_cast<std::size_t>(size) <= room / numbers;
    if (fits) numbers *= static_cast<std::size_t>(size);
  }
  if (!fits || numbers * size_of(*type) != data.size()) {
    fail(input.name, "data", counted(data.size(), "byte"), byte_count_text(shape, *type));
  }

  const double scale = *type == ScalarType::uint8 ? 255.0 : 1.0;
  Cloud cloud;
  cloud.points.resize(shape.front(), static_cast<Index>(numbers) / shape.front());
  for (std::size_t k = 0; k < numbers; ++k) {
    cloud.points.data()[k] = load_scalar(*type, ByteOrder::big, data.data() + k * size_of(*type)) / scale;
  }
  cloud.place_of_coordinate = [](Index row, Index k) {
    return "item " + std::to_string(row) + ", number " + std::to_string(k);
  };
  return cloud;
}

}  // namespace brenier::io
