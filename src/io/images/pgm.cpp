#include "io/images/pgm.hpp"

#include <charconv>
#include <string>
#include <string_view>

#include "io/arrays/scalar_type.hpp"
#include "io/failure.hpp"

namespace brenier::io {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Reads the words of a PGM file: blanks between them, comments from '#' to the end of the line.
class Words {
 public:
  explicit Words(const Input& input) : file_(input.name), bytes_(input.bytes) {}

  std::string_view next() {
    while (at_ < bytes_.size() && (is_space(bytes_[at_]) || bytes_[at_] == '#')) {
      if (bytes_[at_] == '#') at_ = std::min(bytes_.find('\n', at_), bytes_.size() - 1);
      ++at_;
    }
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '#') ++at_;
    return bytes_.substr(begin, at_ - begin);
  }

  Index next_integer(const std::string& place, Index smallest, Index largest) {
    const std::string_view word = next();
    Index value = 0;
    const std::from_chars_result result = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool valid = result.ec == std::errc() && result.ptr == word.data() + word.size();
    if (!valid || value < smallest || value > largest) {
      fail(file_, place, word.empty() ? "the end of the file" : quoted(word),
           "an integer from " + std::to_string(smallest) + " to " + std::to_string(largest));
    }
    return value;
  }

  /// What follows the one blank behind the last word.
  std::string_view rest() const { return bytes_.substr(std::min(at_ + 1, bytes_.size())); }

 private:
  const std::string& file_;
  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string pixel_place(Index row, Index column) {
  return "pixel in row " + std::to_string(row + 1) + ", column " + std::to_string(column + 1);
}

}  // namespace

Picture parse_pgm(const Input& input) {
  Words words(input);
  const std::string_view kind = words.next();
  if (kind != "P2" && kind != "P5") fail(input.name, "header", quoted(kind), "P2 or P5 (PGM)");

  constexpr Index largest_side = Index{1} << 31;
  Picture picture;
  picture.columns = words.next_integer("header, width", 1, largest_side);
  picture.rows = words.next_integer("header, height", 1, largest_side);
  const Index maximum = words.next_integer("header, maximum", 1, 65535);

  const ScalarType type = maximum < 256 ? ScalarType::uint8 : ScalarType::uint16;
  const auto pixels = static_cast<std::size_t>(picture.rows * picture.columns);
  const std::string_view data = words.rest();
  const bool binary = kind == "P5";
  // As text a pixel takes a digit and, but for the last one, a blank.
  const std::size_t needed = binary ? pixels * size_of(type) : 2 * pixels - 1;
  if (data.size() < needed || (binary && data.size() > needed)) {
    fail(input.name, "pixels", counted(data.size(), "byte"), (binary ? "" : "at least ") + std::to_string(needed));
  }
  picture.values.resize(pixels);
  std::size_t at = 0;
  for (Index row = 0; row < picture.rows; ++row) {
    for (Index column = 0; column < picture.columns; ++column, ++at) {
      double& value = picture.values[at];
      if (binary) {
        value = load_scalar(type, ByteOrder::big, data.data() + at * size_of(type));
      } else {
        value = static_cast<double>(words.next_integer(pixel_place(row, column), 0, maximum));
      }
      if (value > static_cast<double>(maximum)) {
        fail(input.name, pixel_place(row, column), std::to_string(static_cast<Index>(value)),
             "at most the maximum " + std::to_string(maximum));
      }
    }
  }
  const std::string_view left_over = binary ? "" : words.next();
  if (!left_over.empty())
    fail(input.name, "pixels", quoted(left_over) + " behind the last pixel", "the end of the file");
  return picture;
}

}  // namespace brenier::io
