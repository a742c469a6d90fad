#pragma once

#include <string>
#include <string_view>

namespace brenier::io {

/// True when the bytes start as gzip data do.
bool is_gzip(std::string_view bytes);

/// Unpacks gzip data of one or more members, checksums verified. O(output).
/// @throws FileError naming `file` when the data are damaged or cut short.
std::string unpack_gzip(const std::string& file, std::string_view bytes);

}  // namespace brenier::io
