#include "io/meshes/ply.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "io/failure.hpp"
#include "io/meshes/ply_header.hpp"
#include "io/text/number_text.hpp"
#include "io/text/text_lines.hpp"

namespace brenier::io {
namespace {

std::string item_place(const PlyElement& element, Index item) { return element.name + " " + std::to_string(item); }

/// The length of a list as the file gives it; checked against what is left of the file by who reads the list.
Index list_length(const std::string& file, const std::string& place, double length) {
  constexpr double longest = 4294967295.0;  // of a uint
  if (!(length >= 0 && length <= longest && length == std::floor(length))) {
    fail(file, place, "a list of length " + number_text(length), "a length that is an integer from 0");
  }
  return static_cast<Index>(length);
}

/// Takes the items of an element one after the other from binary data.
class BinaryItems {
 public:
  BinaryItems(const Input& input, const PlyHeader& header)
      : file_(input.name), order_(header.order), rest_(std::string_view(input.bytes).substr(header.data_begin)) {}

  /// Refuses an element whose items cannot fit into what is left of the file, whatever its lists hold. A double holds
  /// every integer of the format, which has 32 bits at most.
  void begin(const PlyElement& element, const std::vector<Index>&) {
    std::size_t smallest = 0;
    for (const PlyProperty& p : element.properties) smallest += size_of(p.length_type.value_or(p.type));
    if (smallest > 0 && static_cast<std::size_t>(element.count) > rest_.size() / smallest) {
      fail(file_, element.name, counted(rest_.size(), "byte"),
           "at least " + std::to_string(element.count) + " × " + std::to_string(smallest));
    }
  }

  /// Reads an item; lists get no value.
  void next(const PlyElement& element, Index item, std::vector<double>& values) {
    values.clear();
    for (const PlyProperty& property : element.properties) {
      const double value = take(element, item, property.length_type.value_or(property.type));
      values.push_back(value);
      if (!property.length_type) continue;
      const Index length = list_length(file_, item_place(element, item), value);
      skip(element, item, static_cast<std::size_t>(length) * size_of(property.type));
    }
  }

 private:
  void skip(const PlyElement& element, Index item, std::size_t size) {
    if (size > rest_.size()) {
      fail(file_, item_place(element, item), counted(rest_.size(), "byte"), "at least " + std::to_string(size));
    }
    rest_.remove_prefix(size);
  }

  double take(const PlyElement& element, Index item, ScalarType type) {
    const char* bytes = rest_.data();
    skip(element, item, size_of(type));
    return load_scalar(type, order_, bytes);
  }

  const std::string& file_;
  ByteOrder order_;
  std::string_view rest_;
};

/// The same from text, one item a line.
class AsciiItems {
 public:
  AsciiItems(const Input& input, const PlyHeader& header)
      : file_(input.name),
        first_line_(header.lines),
        text_(std::string_view(input.bytes).substr(header.data_begin)),
        lines_(text_) {}

  /// @param used the properties whose numbers count: in the others integers may be rounded.
  void begin(const PlyElement& element, std::vector<Index> used) {
    used_ = std::move(used);
    if (element.properties.empty()) return;
    const std::size_t room = text_.size() / (2 * element.properties.size()) + 1;
    if (static_cast<std::size_t>(element.count) > room) {
      fail(file_, element.name, counted(text_.size(), "byte") + " of data",
           "enough for " + counted(static_cast<unsigned long long>(element.count), "item"));
    }
  }

  void next(const PlyElement& element, Index item, std::vector<double>& values) {
    values.clear();
    if (element.properties.empty()) return;
    if (!lines_.next()) {
      fail(file_, "", counted(static_cast<unsigned long long>(item), "line") + " of element " + element.name,
           std::to_string(element.count));
    }
    split_fields(lines_.line(), ' ', fields_);
    std::size_t at = 0;
    for (const PlyProperty& property : element.properties) {
      values.push_back(at < fields_.size() ? number(at, static_cast<Index>(values.size())) : 0.0);
      ++at;
      if (property.length_type && at <= fields_.size()) {
        at += static_cast<std::size_t>(list_length(file_, place(), values.back()));
      }
    }
    if (at != fields_.size()) fail(file_, place(), counted(fields_.size(), "field"), std::to_string(at));
  }

 private:
  std::string place() const { return "line " + std::to_string(first_line_ + lines_.number()); }

  double number(std::size_t column, Index property) {
    const bool is_used = std::find(used_.begin(), used_.end(), property) != used_.end();
    const auto parse = is_used ? finite_number : unused_number;
    return parse(file_, first_line_ + lines_.number(), static_cast<Index>(column), fields_[column]);
  }

  const std::string& file_;
  Index first_line_;
  std::string_view text_;
  TextLines lines_;
  std::vector<std::string_view> fields_;
  std::vector<Index> used_;
};

/// Columns of the vertex element that make the cloud.
struct VertexColumns {
  std::vector<Index> coordinates;
  Index weight = -1;

  std::vector<Index> all() const {
    std::vector<Index> columns = coordinates;
    if (weight >= 0) columns.push_back(weight);
    return columns;
  }
};

VertexColumns vertex_columns(const std::string& file, const PlyElement& vertex) {
  VertexColumns columns;
  for (const char* name : {"x", "y", "z"}) {
    const Index column = vertex.property_named(name);
    if (column >= 0) {
      columns.coordinates.push_back(column);
    } else if (name[0] != 'z') {
      fail(file, "element vertex", std::string("no property ") + name, "properties x, y and maybe z");
    }
  }
  columns.weight = vertex.property_named("weight");
  for (const PlyProperty& property : vertex.properties) {
    const Index column = vertex.property_named(property.name);
    const bool used =
        column == columns.weight || std::count(columns.coordinates.begin(), columns.coordinates.end(), column) > 0;
    if (used && property.length_type) fail(file, "property " + property.name, "a list", "one number");
  }
  return columns;
}

std::string vertex_place(Index row, const std::string& property) {
  return "vertex " + std::to_string(row) + ", property " + property;
}

template <class Items>
Cloud read_items(const Input& input, const PlyHeader& header) {
  Items items(input, header);
  Cloud cloud;
  std::vector<double> values;
  for (const PlyElement& element : header.elements) {
    if (element.name != "vertex") {
      items.begin(element, {});
      const Index count = element.properties.empty() ? 0 : element.count;
      for (Index item = 0; item < count; ++item) items.next(element, item, values);
      continue;
    }
    const VertexColumns columns = vertex_columns(input.name, element);
    items.begin(element, columns.all());
    cloud.points.resize(element.count, static_cast<Index>(columns.coordinates.size()));
    if (columns.weight >= 0) cloud.weights = Vector(element.count);
    for (Index item = 0; item < element.count; ++item) {
      items.next(element, item, values);
      for (Index k = 0; k < cloud.points.cols(); ++k) {
        cloud.points(item, k) = values[static_cast<std::size_t>(columns.coordinates[static_cast<std::size_t>(k)])];
      }
      if (columns.weight >= 0) (*cloud.weights)[item] = values[static_cast<std::size_t>(columns.weight)];
    }
  }
  cloud.place_of_coordinate = [](Index row, Index k) { return vertex_place(row, std::string(1, "xyz"[k])); };
  cloud.place_of_weight = [](Index row) { return vertex_place(row, "weight"); };
  return cloud;
}

}  // namespace

Cloud read_ply(const Input& input) {
  const PlyHeader header = parse_ply_header(input);
  const auto vertex_elements = std::count_if(header.elements.begin(), header.elements.end(),
                                             [](const PlyElement& element) { return element.name == "vertex"; });
  if (vertex_elements != 1) fail(input.name, "header", std::to_string(vertex_elements) + " elements vertex", "1");
  return header.ascii ? read_items<AsciiItems>(input, header) : read_items<BinaryItems>(input, header);
}

std::string write_ply(const std::string& file, const DiscreteMeasure& measure) {
  const Index d = measure.dimension();
  if (d != 2 && d != 3) fail(file, "", "points of dimension " + std::to_string(d), "2 or 3 for .ply");
  const bool weighted = !has_default_weights(measure);
  std::string bytes = "ply\nformat binary_little_endian 1.0\nelement vertex " + std::to_string(measure.size()) + "\n";
  for (Index k = 0; k < d; ++k) bytes += std::string("property double ") + "xyz"[k] + "\n";
  if (weighted) bytes += "property double weight\n";
  bytes += "end_header\n";
  for (Index row = 0; row < measure.size(); ++row) {
    for (Index k = 0; k < d; ++k) append_scalar(bytes, measure.points()(row, k));
    if (weighted) append_scalar(bytes, measure.weights()[row]);
  }
  return bytes;
}

}  // namespace brenier::io
