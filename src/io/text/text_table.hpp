#pragma once

#include <limits>
#include <string>
#include <vector>

#include "brenier/types.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// A table of numbers in a text file, as it stands.
struct TextTable {
  std::vector<std::string> header;  ///< One name a column; empty when the file has no header.
  Index columns = 0;
  std::vector<double> values;  ///< Rows × columns, row-major, all finite.
  std::vector<Index> lines;    ///< Number of the line that holds each row.

  Index rows() const { return static_cast<Index>(lines.size()); }
  double operator()(Index row, Index column) const { return values[static_cast<std::size_t>(row * columns + column)]; }

  /// "line 7, column 2"
  std::string place(Index row, Index column) const;

  /// The column with this name, case ignored, or −1.
  /// @throws FileError when two columns have it.
  Index column_named(const std::string& file, std::string_view name) const;
};

/// Reads a table with one row a line: fields between commas, semicolons, tabs or blanks, as the first line has them.
///
/// The first line is a header when its fields are names: each starts with a letter or an underscore and none is a
/// number (`nan` and `inf` count as numbers).
/// @param used so many columns from the left are what the table is read for: in the others integers may be rounded.
/// @throws FileError for a line with another number of fields, a field that is not a finite number, an integer that a
/// double does not hold exactly, or no row.
/// Time and memory O(size of the file).
TextTable parse_table(const Input& input, Index used = std::numeric_limits<Index>::max());

}  // namespace brenier::io
