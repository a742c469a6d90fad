#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/io.hpp"
#include "io/output.hpp"

namespace brenier::cli {

/// What `read_measure` understands, as a paragraph of a help text.
std::string cloud_formats_help();

/// A file that a command is to write, with the option that names it. An empty name means that nobody asked for it.
struct OutputFile {
  std::string option;  ///< E.g. "--plan".
  std::string name;    ///< "-" is standard output.
  Content content = Content::other;
};

/// Refuses, before any work, outputs that cannot be written, that are also an input, or that are named twice.
/// @throws UsageError or FileError
void check_outputs(const std::vector<OutputFile>& outputs, const std::vector<std::string>& inputs);

/// The whole content of a file, as it stands. @throws FileError
std::string read_file(const std::string& name);

/// Checks that two clouds, which are called by their files, live in the same space and, unless `normalize`, have the
/// same mass.
/// @throws std::invalid_argument
void check_comparable(const std::string& source, const DiscreteMeasure& a, const std::string& target,
                      const DiscreteMeasure& b, bool normalize);

/// Reads the two clouds of a transport problem and checks that they live in the same space.
/// @throws UsageError when both are standard input, FileError for what is wrong within a file, std::invalid_argument
/// for dimensions or, unless `normalize`, masses that differ; both files are named.
std::pair<DiscreteMeasure, DiscreteMeasure> read_clouds(const std::string& source, const std::string& target,
                                                        bool normalize);

/// Reads clouds that are to be compared with each other, and checks as above that each can be with each.
/// @throws as above; standard input may be one of them.
std::vector<DiscreteMeasure> read_clouds(const std::vector<std::string>& names, bool normalize);

/// "a.csv, b.csv: MESSAGE", each file once.
std::string name_files(const std::vector<std::string>& files, const std::string& message);

/// What `compute` returns. The clouds that it works on came from these files: what it has to say against them as
/// std::invalid_argument, e.g. of coordinates whose squares no double holds, is thrown with the files' names in front.
template <typename Compute>
auto naming(const std::vector<std::string>& files, const Compute& compute) -> decltype(compute()) {
  try {
    return compute();
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(name_files(files, error.what()));
  }
}

/// "NAME: 512 points in 2 dimensions".
std::string describe_cloud(const std::string& name, const DiscreteMeasure& cloud);

}  // namespace brenier::cli
