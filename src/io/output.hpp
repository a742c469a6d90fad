#pragma once

#include <string>

namespace brenier::io {

/// Writes to the file `name` as `write_file_atomically`, or to standard output for "-".
/// @throws FileError
void write_output(const std::string& name, const std::string& content);

}  // namespace brenier::io
