#include "io/text/text_table.hpp"

#include <algorithm>

#include "io/failure.hpp"
#include "io/text/letters.hpp"
#include "io/text/number_text.hpp"
#include "io/text/text_lines.hpp"

namespace brenier::io {
namespace {

bool is_name(std::string_view field) {
  if (field.empty()) return false;
  const char c = field.front();
  const bool starts_like_a_name =
      (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  double ignored = 0.0;
  return starts_like_a_name && !parse_number(field, ignored);
}

void append_row(const Input& input, const TextLines& lines, const std::vector<std::string_view>& fields, Index used,
                TextTable& table) {
  for (std::size_t k = 0; k < fields.size(); ++k) {
    const auto column = static_cast<Index>(k);
    const auto number = column < used ? finite_number : unused_number;
    table.values.push_back(number(input.name, lines.number(), column, fields[k]));
  }
  table.lines.push_back(lines.number());
}

}  // namespace

std::string TextTable::place(Index row, Index column) const {
  return text_place(lines[static_cast<std::size_t>(row)], column);
}

Index TextTable::column_named(const std::string& file, std::string_view name) const {
  Index found = -1;
  for (std::size_t k = 0; k < header.size(); ++k) {
    if (!equal_ignoring_case(header[k], name)) continue;
    if (found >= 0) fail(file, "header", "two columns named " + quoted(name), "one");
    found = static_cast<Index>(k);
  }
  return found;
}

TextTable parse_table(const Input& input, Index used) {
  TextTable table;
  TextLines lines(input.bytes);
  if (!lines.next()) fail(input.name, "", "no data", "at least one line of numbers");

  const char separator = guess_separator(lines.line());
  const std::string first_place = lines.place();
  std::vector<std::string_view> fields;
  split_fields(lines.line(), separator, fields);
  table.columns = static_cast<Index>(fields.size());

  const std::size_t rows_guess = input.bytes.size() / (lines.line().size() + 1) + 1;
  table.lines.reserve(rows_guess);
  table.values.reserve(rows_guess * fields.size());

  if (std::all_of(fields.begin(), fields.end(), is_name)) {
    table.header.assign(fields.begin(), fields.end());
  } else {
    append_row(input, lines, fields, used, table);
  }
  while (lines.next()) {
    split_fields(lines.line(), separator, fields);
    if (static_cast<Index>(fields.size()) != table.columns) {
      fail(input.name, lines.place(), counted(fields.size(), "field"),
           std::to_string(table.columns) + " as in " + first_place);
    }
    append_row(input, lines, fields, used, table);
  }
  if (table.rows() == 0) fail(input.name, "", "a header and no data", "at least one line of numbers");
  return table;
}

}  // namespace brenier::io
