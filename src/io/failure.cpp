#include "io/failure.hpp"

#include "brenier/io.hpp"

namespace brenier::io {
namespace {

std::string on_one_line(std::string_view text) {
  std::string line(text);
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return line;
}

}  // namespace

void fail(const std::string& file, const std::string& place, const std::string& found, const std::string& expected) {
  const std::string where = place.empty() ? "" : place + ": ";
  throw FileError(on_one_line(file) + ": " + where + "found " + found + ", expected " + expected);
}

void fail(const std::string& file, const std::string& reason) { throw FileError(on_one_line(file) + ": " + reason); }

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 40;
  const bool cut = text.size() > longest;
  return "'" + on_one_line(text.substr(0, longest)) + (cut ? "…'" : "'");
}

std::string counted(unsigned long long count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace brenier::io
