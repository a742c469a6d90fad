#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runs/locked_file.hpp"
#include "runs/row_format.hpp"

namespace brenier::cli {

/// A table that grows row by row, the first column being the key and the last one the error of a row that failed.
///
/// Each row is handed to the system as it is added, in one piece: a kill at any moment leaves whole rows, and at most
/// one that is cut short, which the next run takes away.
class RowFile {
 public:
  /// Nothing is written before there is a row.
  /// @param name "-" for standard output.  @param append go on with the file that is there, if any.
  /// Rows with an error are taken out of it when a row is added, to be tried again.
  /// @throws UsageError when there are rows and `append` does not say to go on with them; FileError for what is no such
  /// table, or is written by another process.
  RowFile(std::string name, RowFormat format, bool append);

  bool is_stream() const { return name_ == "-"; }

  /// The rows of earlier runs.
  const std::vector<StoredRow>& earlier() const { return earlier_; }

  /// @throws WriteError, Failure
  void add(const std::vector<Cell>& row);

  /// Puts the rows of a file, those of earlier runs too, in the natural order of their keys, where they are not.
  void finish();

 private:
  void begin();
  void take_over();
  void write(const std::string& text) const;

  std::string name_;
  RowFormat format_;
  std::vector<StoredRow> earlier_;
  std::optional<LockedFile> file_;  ///< Where it is there.
  bool keeps_all_ = true;           ///< False where rows of the file are not among the earlier ones.
  bool is_begun_ = false;           ///< A row has been added.
};

}  // namespace brenier::cli
