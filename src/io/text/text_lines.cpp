#include "io/text/text_lines.hpp"

#include <algorithm>
#include <cmath>

#include "io/failure.hpp"
#include "io/text/number_text.hpp"

namespace brenier::io {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_blank(char c) { return blanks.find(c) != std::string_view::npos; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view field_of(std::string_view text) {
  text = trimmed(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = trimmed(text.substr(1, text.size() - 2));
  return text;
}

}  // namespace

TextLines::TextLines(std::string_view text) : rest_(text) {
  if (rest_.substr(0, byte_order_mark.size()) == byte_order_mark) rest_.remove_prefix(byte_order_mark.size());
}

bool TextLines::next() {
  while (!rest_.empty()) {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    const std::string_view whole = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    line_ = trimmed(whole.substr(0, whole.find('#')));
    if (!line_.empty()) return true;
  }
  return false;
}

std::string TextLines::place() const { return "line " + std::to_string(number_); }

std::string text_place(Index line, Index column) {
  return "line " + std::to_string(line) + ", column " + std::to_string(column + 1);
}

void split_fields(std::string_view line, char separator, std::vector<std::string_view>& fields) {
  fields.clear();
  if (separator != ' ') {
    for (std::size_t begin = 0; begin <= line.size();) {
      const std::size_t end = std::min(line.find(separator, begin), line.size());
      fields.push_back(field_of(line.substr(begin, end - begin)));
      begin = end + 1;
    }
    return;
  }
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t begin = at;
    while (at < line.size() && !is_blank(line[at])) ++at;
    if (at > begin) fields.push_back(field_of(line.substr(begin, at - begin)));
    while (at < line.size() && is_blank(line[at])) ++at;
  }
}

char guess_separator(std::string_view line) {
  for (const char separator : {';', ',', '\t'}) {
    if (line.find(separator) != std::string_view::npos) return separator;
  }
  return ' ';
}

double unused_number(const std::string& file, Index line, Index column, std::string_view field) {
  double value = 0.0;
  if (parse_number(field, value) && std::isfinite(value)) return value;
  fail(file, text_place(line, column), field.empty() ? "an empty field" : quoted(field), "a finite number");
}

double finite_number(const std::string& file, Index line, Index column, std::string_view field) {
  const double value = unused_number(file, line, column, field);
  if (is_rounded_integer(field, value)) fail(file, text_place(line, column), quoted(field), exact_integer);
  return value;
}

}  // namespace brenier::io
