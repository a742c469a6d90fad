#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace brenier::cli {

/// What `brenier train` wrote of one run, for figures.
struct TrainCurves {
  std::string folder;
  std::string label;     ///< "w2-fe, K = 5".
  std::string settings;  ///< Equal for runs that differ in nothing but seed and length.
  std::map<std::string, std::vector<std::optional<double>>> columns;  ///< By their name in curves.csv.

  /// Throws FileError where curves.csv has no such column.
  const std::vector<std::optional<double>>& column(const std::string& name) const;
};

/// @param run the content of run.json.
/// @throws FileError for files that are damaged
TrainCurves read_train_curves(const std::string& folder, const std::string& run);

}  // namespace brenier::cli
