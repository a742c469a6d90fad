#include "runs/number_table.hpp"

#include <charconv>
#include <sstream>

#include "brenier/io.hpp"
#include "options/files.hpp"

namespace brenier::cli {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream text(line + ",");
  for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
  return fields;
}

std::optional<double> number(const std::string& place, const std::string& field) {
  if (field.empty()) return std::nullopt;
  double value = 0.0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc() || end != field.data() + field.size()) {
    throw FileError(place + ": found '" + field + "', expected a number");
  }
  return value;
}

}  // namespace

std::string NumberTable::place(std::size_t row) const { return file + ": line " + std::to_string(row + 2); }

NumberTable read_number_table(const std::string& file) {
  NumberTable table{file, {}, {}};
  std::istringstream lines(read_file(file));
  std::string line;
  std::getline(lines, line);
  table.names = split(line);
  while (std::getline(lines, line) && !lines.eof()) {
    const std::string place = table.place(table.rows.size());
    const std::vector<std::string> fields = split(line);
    if (fields.size() != table.names.size()) {
      throw FileError(place + ": found " + std::to_string(fields.size()) + " fields, expected " +
                      std::to_string(table.names.size()));
    }
    table.rows.emplace_back();
    for (const std::string& field : fields) table.rows.back().push_back(number(place, field));
  }
  if (table.rows.empty()) throw FileError(file + ": has no row, expected one at least");
  return table;
}

}  // namespace brenier::cli
