#pragma once

#include <string>
#include <string_view>

namespace brenier::io {

/// The whole content of a file, decompressed.
struct Input {
  std::string name;   ///< As messages are to call it.
  std::string bytes;  ///< What it holds; a file in gzip format is unpacked, whatever its name.
};

/// Reads a file, a pipe, or standard input (`name` "-") in one go.
/// @throws FileError when it is missing, a folder, not readable, empty, or damaged gzip data.
Input read_input(const std::string& name);

/// True when `name` ends in `suffix`, case ignored, with or without a ".gz" behind it.
bool has_suffix(std::string_view name, std::string_view suffix);

}  // namespace brenier::io
