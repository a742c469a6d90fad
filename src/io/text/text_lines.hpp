#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::io {

/// Walks over the lines of a text that say something.
///
/// Comments (from '#' to the end of the line), blank lines, blanks around a line, Windows line ends and a byte order
/// mark are passed over.
class TextLines {
 public:
  explicit TextLines(std::string_view text);

  /// Moves to the next line with content; false at the end of the text.
  bool next();

  std::string_view line() const { return line_; }  ///< Without blanks and comment.
  Index number() const { return number_; }         ///< From 1, every line of the file counted.
  std::string place() const;                       ///< "line 7"

 private:
  std::string_view rest_;
  std::string_view line_;
  Index number_ = 0;
};

/// "line 7, column 2", for the column with index 1.
std::string text_place(Index line, Index column);

/// Cuts a line into its fields, without the blanks and double quotes around each.
/// @param separator a character that stands between fields, or ' ' for runs of blanks and tabs.
void split_fields(std::string_view line, char separator, std::vector<std::string_view>& fields);

/// The separator that a line uses: ';' if there is one, else ',', else tab, else ' '.
char guess_separator(std::string_view line);

/// The finite number in a field.
/// @throws FileError naming file, line, column and the field; also for an integer that a double does not hold exactly.
double finite_number(const std::string& file, Index line, Index column, std::string_view field);

/// The same for a field that is no part of the result: its number may be rounded.
double unused_number(const std::string& file, Index line, Index column, std::string_view field);

}  // namespace brenier::io
