#include "runs/row_format.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "reports/json_object.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line = csv_field(fields.front());
  for (std::size_t k = 1; k < fields.size(); ++k) line += "," + csv_field(fields[k]);
  return line + '\n';
}

std::string text_of(const Cell& cell) {
  if (cell.kind == Cell::Kind::whole) return std::to_string(cell.whole);
  return cell.kind == Cell::Kind::real ? digits(cell.real) : cell.text;
}

void add(JsonObject& json, const std::string& name, const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::nothing:
      return json.add_null(name);
    case Cell::Kind::whole:
      return json.add(name, static_cast<std::int64_t>(cell.whole));
    case Cell::Kind::real:
      return json.add(name, cell.real);
    case Cell::Kind::text:
      return json.add(name, cell.text);
  }
}

/// The CSV record that begins at `place`, which is moved behind it; nothing when it is cut short.
std::optional<StoredRow> next_record(const std::string& text, std::size_t& place) {
  StoredRow row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = place; i < text.size(); ++i) {
    const char letter = text[i];
    if (letter == '"') {
      // Two within quotes are one that is meant: it ends the quotes and begins them again.
      if (!quoted && i > place && text[i - 1] == '"') field += '"';
      quoted = !quoted;
    } else if (quoted || (letter != ',' && letter != '\n')) {
      field += letter;
    } else {
      row.fields.push_back(std::move(field));
      field.clear();
      if (letter == ',') continue;
      row.line = text.substr(place, i + 1 - place);
      place = i + 1;
      return row;
    }
  }
  return std::nullopt;
}

[[noreturn]] void refuse_row(const std::string& file, std::size_t row, const std::string& expected) {
  throw FileError(file + ": row " + std::to_string(row) + ": expected " + expected);
}

}  // namespace

RowFormat::RowFormat(Kind kind, std::vector<std::string> columns) : kind_(kind), columns_(std::move(columns)) {}

std::string RowFormat::header() const { return kind_ == Kind::csv ? csv_line(columns_) : ""; }

std::string RowFormat::line(const std::vector<Cell>& row) const {
  if (kind_ == Kind::csv) {
    std::vector<std::string> fields;
    for (const Cell& cell : row) fields.push_back(text_of(cell));
    return csv_line(fields);
  }
  JsonObject json;
  for (std::size_t k = 0; k < columns_.size(); ++k) add(json, columns_[k], row[k]);
  return json.line();
}

std::vector<StoredRow> RowFormat::parse(const std::string& file, const std::string& text) const {
  return kind_ == Kind::csv ? parse_csv(file, text) : parse_json(file, text);
}

std::vector<StoredRow> RowFormat::parse_csv(const std::string& file, const std::string& text) const {
  std::size_t place = 0;
  const std::optional<StoredRow> header = next_record(text, place);
  if (!header && RowFormat::header().compare(0, text.size(), text) == 0) return {};  // A kill cut it short.
  if (!header || header->fields != columns_) {
    std::string expected = csv_line(columns_);
    expected.pop_back();
    throw FileError(file + ": line 1: expected the header " + expected);
  }
  std::vector<StoredRow> rows;
  while (std::optional<StoredRow> row = next_record(text, place)) {
    if (row->fields.size() != columns_.size()) {
      refuse_row(file, rows.size() + 1,
                 "the " + std::to_string(columns_.size()) + " fields of the header, found " +
                     std::to_string(row->fields.size()));
    }
    rows.push_back(std::move(*row));
  }
  return rows;
}

std::vector<StoredRow> RowFormat::parse_json(const std::string& file, const std::string& text) const {
  std::vector<StoredRow> rows;
  std::size_t place = 0;
  for (std::size_t end; (end = text.find('\n', place)) != std::string::npos; place = end + 1) {
    StoredRow row;
    row.line = text.substr(place, end + 1 - place);
    const auto json = nlohmann::json::parse(row.line, nullptr, false);
    if (!json.is_object() || json.size() != columns_.size()) {
      refuse_row(file, rows.size() + 1, "an object of " + std::to_string(columns_.size()) + " members");
    }
    for (const std::string& column : columns_) {
      if (!json.contains(column)) refuse_row(file, rows.size() + 1, "a member " + column);
      const auto& value = json[column];
      row.fields.push_back(value.is_null() ? "" : value.is_string() ? value.get<std::string>() : value.dump());
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace brenier::cli
