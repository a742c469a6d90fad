#include "io/arrays/npy.hpp"

#include <optional>

#include "io/arrays/npy_header.hpp"
#include "io/arrays/scalar_type.hpp"
#include "io/failure.hpp"
#include "io/text/number_text.hpp"

namespace brenier::io {
namespace {

std::string shape_text(const std::vector<Index>& shape) {
  std::string text = "shape (";
  for (std::size_t k = 0; k < shape.size(); ++k) text += (k > 0 ? ", " : "") + std::to_string(shape[k]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace

std::string NumberArray::place(Index row, Index column) const {
  return name + "[" + std::to_string(row) + (dimensions == 2 ? ", " + std::to_string(column) : "") + "]";
}

NumberArray parse_npy(const std::string& file, const std::string& array, std::string_view bytes) {
  const NpyHeader header = parse_npy_header(file, array, bytes);
  const std::vector<Index>& shape = header.shape;
  if (shape.empty() || shape.size() > 2) fail(file, array, shape_text(shape), "shape (n, d) or (n,)");
  const Index rows = shape[0];
  const Index columns = shape.size() == 2 ? shape[1] : 1;
  if (rows == 0 || columns == 0) fail(file, array, shape_text(shape), "at least one entry");

  const std::string_view data = bytes.substr(header.data_begin);
  const std::size_t item = size_of(header.type);
  const std::size_t row_room = data.size() / item / static_cast<std::size_t>(columns);  // no product can overflow
  const bool fits =
      static_cast<std::size_t>(rows) == row_room && static_cast<std::size_t>(rows * columns) * item == data.size();
  if (!fits) fail(file, array, counted(data.size(), "byte") + " of data", byte_count_text(shape, header.type));
  NumberArray result;
  result.name = array;
  result.dimensions = static_cast<int>(shape.size());
  result.values.resize(rows, columns);
  const Index row_step = header.column_major ? 1 : columns;
  const Index column_step = header.column_major ? rows : 1;
  for (Index row = 0; row < rows; ++row) {
    for (Index column = 0; column < columns; ++column) {
      const auto at = static_cast<std::size_t>(row * row_step + column * column_step) * item;
      result.values(row, column) = load_scalar(header.type, header.order, data.data() + at);
      const std::optional<std::string> rounded = rounded_integer(header.type, header.order, data.data() + at);
      if (rounded) fail(file, result.place(row, column), *rounded, exact_integer);
    }
  }
  return result;
}

std::string npy_bytes(const Points& values) {
  std::string bytes = npy_header("<f8", {values.rows(), values.cols()});
  for (Index k = 0; k < values.size(); ++k) append_scalar(bytes, values.data()[k]);
  return bytes;
}

std::string npy_bytes(const Vector& values) {
  std::string bytes = npy_header("<f8", {values.size()});
  for (const double value : values) append_scalar(bytes, value);
  return bytes;
}

std::string npy_bytes(const std::vector<Index>& values) {
  std::string bytes = npy_header("<i8", {static_cast<Index>(values.size())});
  for (const Index value : values) append_scalar(bytes, static_cast<long long>(value));
  return bytes;
}

Cloud read_npy(const Input& input) {
  NumberArray array = parse_npy(input.name, "array", input.bytes);
  Cloud cloud;
  cloud.points.swap(array.values);
  cloud.place_of_coordinate = [array](Index row, Index column) { return array.place(row, column); };
  return cloud;
}

std::string write_npy(const std::string& file, const DiscreteMeasure& measure) {
  require_default_weights(file, measure);
  return npy_bytes(measure.points());
}

}  // namespace brenier::io
