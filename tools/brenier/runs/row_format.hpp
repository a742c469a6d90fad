#pragma once

#include <string>
#include <utility>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::cli {

/// One field of a row.
struct Cell {
  enum class Kind { nothing, whole, real, text };

  Cell() = default;
  Cell(Index number) : kind(Kind::whole), whole(number) {}
  Cell(double number) : kind(Kind::real), real(number) {}
  Cell(std::string letters) : kind(Kind::text), text(std::move(letters)) {}

  Kind kind = Kind::nothing;
  Index whole = 0;
  double real = 0.0;
  std::string text;
};

/// A row as it stands in a file.
struct StoredRow {
  std::string line;                 ///< With its line end.
  std::vector<std::string> fields;  ///< One a column; what is not known is empty.
};

/// How rows are written: as CSV (RFC 4180, lines end in \n) or as JSON lines, one object a line, where what is not
/// known is null. Real numbers read back as the same double.
class RowFormat {
 public:
  enum class Kind { csv, json_lines };

  RowFormat(Kind kind, std::vector<std::string> columns);

  const std::vector<std::string>& columns() const { return columns_; }

  /// The line of names at the top; empty for JSON lines.
  std::string header() const;

  /// @param row one cell a column.
  std::string line(const std::vector<Cell>& row) const;

  /// The rows behind the header, up to one at the end that a kill cut short.
  /// @throws FileError for another header, and for a row that is not of these columns.
  std::vector<StoredRow> parse(const std::string& file, const std::string& text) const;

 private:
  std::vector<StoredRow> parse_csv(const std::string& file, const std::string& text) const;
  std::vector<StoredRow> parse_json(const std::string& file, const std::string& text) const;

  Kind kind_;
  std::vector<std::string> columns_;
};

}  // namespace brenier::cli
