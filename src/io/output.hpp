#pragma once

#include <filesystem>
#include <string>

#include "brenier/io.hpp"

namespace brenier {

/// What a file is to hold; decides which extensions will do.
enum class Content {
  measure,     ///< As `write_measure`.
  plan,        ///< As `write_plan`: .csv or .npz.
  potentials,  ///< As `write_potentials`: .csv or .npz.
  distances,   ///< As `write_distances`: .csv or .npy.
  other,       ///< Any extension, e.g. a report.
};

/// Throws FileError unless `name` could be written now (folder there and writable, not itself a folder, an extension
/// that can hold `content`): asked before a long solve, not after it. "-" is always fine. Writes nothing.
void check_writable(const std::string& name, Content content = Content::other);

/// Replaces the file `name` by `content` atomically: a reader sees the old file or the new one, never a part.
/// @throws FileError
void write_file_atomically(const std::filesystem::path& name, const std::string& content);

/// A text as a field of CSV (RFC 4180): in quotes where it would be read as more than one field otherwise.
std::string csv_field(const std::string& text);

namespace io {

/// Writes to the file `name` as `write_file_atomically`, or to standard output for "-".
/// @throws FileError
void write_output(const std::string& name, const std::string& content);

}  // namespace io
}  // namespace brenier
