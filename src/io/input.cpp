#include "io/input.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>

#include "io/arrays/gzip.hpp"
#include "io/failure.hpp"
#include "io/text/letters.hpp"

namespace brenier::io {
namespace {

namespace fs = std::filesystem;

std::string read_stream(std::FILE* stream, const std::string& name, std::size_t size_hint) {
  std::string bytes(size_hint + 1, '\0');  // one more, so that the end is seen without growing
  std::size_t filled = 0;
  while (const std::size_t count = std::fread(bytes.data() + filled, 1, bytes.size() - filled, stream)) {
    filled += count;
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2);
  }
  if (std::ferror(stream)) fail(name, std::string("cannot be read: ") + std::strerror(errno));
  bytes.resize(filled);
  return bytes;
}

std::string read_file(const std::string& name) {
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  if (fs::is_directory(status)) fail(name, "", "a folder", "a file");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(name.c_str(), "rb"), std::fclose);
  if (!stream) fail(name, std::string("cannot be read: ") + std::strerror(errno));
  const std::uintmax_t size = fs::is_regular_file(status) ? fs::file_size(name, error) : std::size_t{1} << 16;
  return read_stream(stream.get(), name, error ? 0 : static_cast<std::size_t>(size));
}

std::string_view without_gz(std::string_view name) {
  constexpr std::string_view gz = ".gz";
  if (name.size() > gz.size() && ends_with_ignoring_case(name, gz)) name.remove_suffix(gz.size());
  return name;
}

}  // namespace

Input read_input(const std::string& name) {
  Input input;
  input.name = name == "-" ? "standard input" : name;
  input.bytes = name == "-" ? read_stream(stdin, input.name, std::size_t{1} << 16) : read_file(name);
  if (is_gzip(input.bytes)) input.bytes = unpack_gzip(input.name, input.bytes);
  if (input.bytes.empty()) fail(input.name, "", "an empty file", "at least one point");
  return input;
}

bool has_suffix(std::string_view name, std::string_view suffix) {
  return ends_with_ignoring_case(name, suffix) || ends_with_ignoring_case(without_gz(name), suffix);
}

}  // namespace brenier::io
