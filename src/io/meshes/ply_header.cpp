#include "io/meshes/ply_header.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "io/failure.hpp"
#include "io/text/text_lines.hpp"

namespace brenier::io {
namespace {

using Fields = std::vector<std::string_view>;

/// Where the header stands, for messages.
struct Place {
  const std::string& file;
  Index line = 0;

  [[noreturn]] void refuse(const std::string& found, const std::string& expected) const {
    fail(file, "line " + std::to_string(line), found, expected);
  }
};

ScalarType scalar_type(const Place& place, std::string_view name) {
  struct Name {
    std::string_view old_name, new_name;
    ScalarType type;
  };
  static constexpr Name names[] = {
      {"char", "int8", ScalarType::int8},        {"uchar", "uint8", ScalarType::uint8},
      {"short", "int16", ScalarType::int16},     {"ushort", "uint16", ScalarType::uint16},
      {"int", "int32", ScalarType::int32},       {"uint", "uint32", ScalarType::uint32},
      {"float", "float32", ScalarType::float32}, {"double", "float64", ScalarType::float64},
  };
  for (const Name& known : names) {
    if (name == known.old_name || name == known.new_name) return known.type;
  }
  place.refuse("type " + quoted(name), "char, uchar, short, ushort, int, uint, float or double");
}

void read_format(const Place& place, const Fields& fields, PlyHeader& header) {
  const std::string_view format = fields.size() == 3 ? fields[1] : "";
  header.ascii = format == "ascii";
  header.order = format == "binary_big_endian" ? ByteOrder::big : ByteOrder::little;
  if (!header.ascii && format != "binary_little_endian" && format != "binary_big_endian") {
    place.refuse("format " + quoted(format), "ascii, binary_little_endian or binary_big_endian, and a version");
  }
}

PlyElement read_element(const Place& place, const Fields& fields) {
  PlyElement element;
  const std::string_view count = fields.size() == 3 ? fields[2] : "";
  const std::from_chars_result result = std::from_chars(count.data(), count.data() + count.size(), element.count);
  if (count.empty() || result.ec != std::errc() || result.ptr != count.data() + count.size() || element.count < 0) {
    place.refuse("count " + quoted(count), "`element NAME COUNT`");
  }
  element.name = fields[1];
  return element;
}

PlyProperty read_property(const Place& place, const Fields& fields) {
  const bool list = fields.size() == 5 && fields[1] == "list";
  if (!list && fields.size() != 3) {
    place.refuse(counted(fields.size(), "word"), "`property TYPE NAME` or `property list TYPE TYPE NAME`");
  }
  PlyProperty property;
  property.name = fields.back();
  property.type = scalar_type(place, fields[fields.size() - 2]);
  if (list) {
    property.length_type = scalar_type(place, fields[2]);
    if (*property.length_type == ScalarType::float32 || *property.length_type == ScalarType::float64) {
      place.refuse("list length of type " + quoted(fields[2]), "an integer type");
    }
  }
  return property;
}

}  // namespace

Index PlyElement::property_named(std::string_view property) const {
  const auto found = std::find_if(properties.begin(), properties.end(),
                                  [&](const PlyProperty& candidate) { return candidate.name == property; });
  return found == properties.end() ? -1 : found - properties.begin();
}

PlyHeader parse_ply_header(const Input& input) {
  const std::string_view bytes = input.bytes;
  PlyHeader header;
  Place place{input.name};
  Fields fields;
  bool has_format = false;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    split_fields(bytes.substr(begin, end - begin), ' ', fields);
    begin = std::min(end + 1, bytes.size());
    ++place.line;
    const std::string_view keyword = fields.empty() ? "" : fields.front();
    if (place.line == 1) {
      if (keyword != "ply") place.refuse(quoted(keyword), "the keyword ply");
    } else if (keyword == "format") {
      read_format(place, fields, header);
      has_format = true;
    } else if (keyword == "element") {
      header.elements.push_back(read_element(place, fields));
    } else if (keyword == "property") {
      if (header.elements.empty()) place.refuse("a property", "an element before it");
      header.elements.back().properties.push_back(read_property(place, fields));
    } else if (keyword == "end_header") {
      if (!has_format) place.refuse("no format", "a line `format TYPE VERSION` in the header");
      header.data_begin = begin;
      header.lines = place.line;
      return header;
    } else if (keyword != "comment" && keyword != "obj_info") {
      place.refuse(quoted(keyword), "format, element, property, comment or end_header");
    }
  }
  fail(input.name, "header", "the end of the file", "end_header");
}

}  // namespace brenier::io
