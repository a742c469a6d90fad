#include "io/arrays/npy_header.hpp"

#include <charconv>
#include <utility>

#include "io/failure.hpp"

namespace brenier::io {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view magic = "\x93NUMPY"sv;

/// Reads the Python dict literal of the header, as far as NumPy writes it.
class DictParser {
 public:
  DictParser(std::string file, std::string array, std::string_view text)
      : file_(std::move(file)), place_(std::move(array) + ", header"), text_(text) {}

  NpyHeader parse() {
    NpyHeader header;
    bool has_descr = false, has_order = false, has_shape = false;
    expect("{");
    while (!accept("}")) {
      const std::string_view key = string();
      expect(":");
      if (key == "descr") {
        has_descr = true;
        read_type(header);
      } else if (key == "fortran_order") {
        has_order = true;
        header.column_major = accept("True");
        if (!header.column_major) expect("False");
      } else if (key == "shape") {
        has_shape = true;
        header.shape = shape();
      } else {
        fail(file_, place_, "key " + quoted(key), "descr, fortran_order and shape");
      }
      if (!accept(",")) {
        expect("}");
        break;
      }
    }
    if (!has_descr || !has_order || !has_shape) fail(file_, place_, "a key missing", "descr, fortran_order and shape");
    return header;
  }

 private:
  void skip_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(" \t\r\n"), text_.size())); }

  bool accept(std::string_view token) {
    skip_blanks();
    if (text_.substr(0, token.size()) != token) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  void expect(std::string_view token) {
    if (!accept(token)) fail(file_, place_, quoted(text_.substr(0, 12)), quoted(token));
  }

  std::string_view string() {
    skip_blanks();
    const char quote = text_.empty() ? '\0' : text_.front();
    const std::size_t end = quote == '\'' || quote == '"' ? text_.find(quote, 1) : std::string_view::npos;
    if (end == std::string_view::npos) fail(file_, place_, quoted(text_.substr(0, 12)), "a quoted word");
    const std::string_view content = text_.substr(1, end - 1);
    text_.remove_prefix(end + 1);
    return content;
  }

  void read_type(NpyHeader& header) {
    constexpr const char* known = "float32, float64 or integers of 8 to 64 bits";
    if (accept("[")) fail(file_, place_, "a structured dtype", known);
    const std::string_view descr = string();
    static constexpr std::pair<std::string_view, ScalarType> types[] = {
        {"i1", ScalarType::int8},    {"u1", ScalarType::uint8},  {"i2", ScalarType::int16}, {"u2", ScalarType::uint16},
        {"i4", ScalarType::int32},   {"u4", ScalarType::uint32}, {"i8", ScalarType::int64}, {"u8", ScalarType::uint64},
        {"f4", ScalarType::float32}, {"f8", ScalarType::float64}};
    for (const auto& [name, type] : types) {
      const bool has_order = descr.size() == 3 && "<>|="sv.find(descr.front()) != std::string_view::npos;
      if (!has_order || descr.substr(1) != name) continue;
      header.type = type;
      header.order = descr.front() == '>' ? ByteOrder::big : ByteOrder::little;
      return;
    }
    fail(file_, place_, "dtype " + quoted(descr), known);
  }

  std::vector<Index> shape() {
    std::vector<Index> sizes;
    expect("(");
    while (!accept(")")) {
      skip_blanks();
      Index size = -1;
      const std::from_chars_result result = std::from_chars(text_.data(), text_.data() + text_.size(), size);
      if (result.ec != std::errc() || size < 0) {
        fail(file_, place_, "size " + quoted(text_.substr(0, text_.find_first_of(",)"))), "an integer from 0");
      }
      text_.remove_prefix(static_cast<std::size_t>(result.ptr - text_.data()));
      sizes.push_back(size);
      if (!accept(",")) {
        expect(")");
        break;
      }
    }
    return sizes;
  }

  std::string file_;
  std::string place_;
  std::string_view text_;
};

}  // namespace

NpyHeader parse_npy_header(const std::string& file, const std::string& array, std::string_view bytes) {
  if (bytes.substr(0, magic.size()) != magic) {
    fail(file, array, quoted(bytes.substr(0, magic.size())), "the six bytes \\x93NUMPY of a .npy file");
  }
  const std::size_t version_at = magic.size();
  const int major = bytes.size() > version_at ? bytes[version_at] : 0;
  if (major < 1 || major > 3) fail(file, array, "format version " + std::to_string(major), "1, 2 or 3");

  const ScalarType length_type = major == 1 ? ScalarType::uint16 : ScalarType::uint32;
  const std::size_t length_at = version_at + 2;
  const std::size_t dict_at = length_at + size_of(length_type);
  if (bytes.size() < dict_at) fail(file, array, counted(bytes.size(), "byte"), "at least " + std::to_string(dict_at));
  const auto length = static_cast<std::size_t>(load_scalar(length_type, ByteOrder::little, bytes.data() + length_at));
  if (bytes.size() - dict_at < length) {
    fail(file, array + ", header", counted(bytes.size() - dict_at, "byte"), std::to_string(length));
  }
  NpyHeader header = DictParser(file, array, bytes.substr(dict_at, length)).parse();
  header.data_begin = dict_at + length;
  return header;
}

std::string npy_header(std::string_view descr, const std::vector<Index>& shape) {
  std::string dict = "{'descr': '" + std::string(descr) + "', 'fortran_order': False, 'shape': (";
  for (std::size_t k = 0; k < shape.size(); ++k) dict += (k > 0 ? " " : "") + std::to_string(shape[k]) + ",";
  if (shape.size() > 1) dict.pop_back();  // (3, 2) but (3,)
  dict += "), }";

  constexpr std::size_t alignment = 64;  // of the data, asked for by the format
  const std::size_t before = magic.size() + 4;
  const std::size_t used = before + dict.size() + 1;
  dict.append((alignment - used % alignment) % alignment, ' ');
  dict += '\n';

  std::string bytes(magic);
  bytes += '\x01';
  bytes += '\x00';
  bytes += static_cast<char>(dict.size() & 0xff);
  bytes += static_cast<char>(dict.size() >> 8);
  return bytes + dict;
}

}  // namespace brenier::io
