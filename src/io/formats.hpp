#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// A way to keep a cloud in a file.
struct CloudFormat {
  std::vector<std::string_view> suffixes;  ///< Names of such files end so; case is ignored.
  Cloud (*read)(const Input& input);
  std::string (*write)(const std::string& file, const DiscreteMeasure& measure);  ///< Null where it is only read.
};

/// What stands before the name of a file that is to be read as a grid of weights.
inline const std::string grid_prefix = "grid:";
bool is_grid(const std::string& name);

/// The format that the name's extension stands for; "-" is CSV, and any ".gz" is passed over.
/// @throws FileError that lists the known extensions.
const CloudFormat& format_to_read(const std::string& name);

/// The same among the formats that can be written; nothing is compressed.
/// @throws FileError
const CloudFormat& format_to_write(const std::string& name);

/// True when plans and potentials under this name are archives (.npz), false when they are CSV (.csv or "-").
/// @throws FileError for other extensions. Only what is read may end in .gz.
bool is_archive_to_read(const std::string& name);
bool is_archive_to_write(const std::string& name);

/// True when distances under this name are an array (.npy), false when they are CSV (.csv or "-").
/// @throws FileError for other extensions.
bool is_array_to_write(const std::string& name);

}  // namespace brenier::io
