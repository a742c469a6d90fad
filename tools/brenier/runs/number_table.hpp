#pragma once

#include <optional>
#include <string>
#include <vector>

namespace brenier::cli {

/// A table of numbers as a run writes it row by row: CSV with a header, where a field may be empty.
struct NumberTable {
  std::string file;
  std::vector<std::string> names;                        ///< Of the columns.
  std::vector<std::vector<std::optional<double>>> rows;  ///< As many fields each as there are names.

  /// "FILE: line 7", for what is wrong with a row.
  std::string place(std::size_t row) const;
};

/// Reads such a file. A last line without its end is one that a kill cut short: it is passed over.
/// @throws FileError for another number of fields than names, a field that is no number, a table without rows.
NumberTable read_number_table(const std::string& file);

}  // namespace brenier::cli
