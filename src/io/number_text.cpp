#include "io/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

namespace brenier::io {
namespace {

/// std::from_chars says only "out of range": the place of the first non-zero digit says on which side.
bool is_tiny(std::string_view text) {
  const std::size_t mantissa_end = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, mantissa_end);
  const auto point = static_cast<long long>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first_digit = static_cast<long long>(std::min(mantissa.find_first_of("123456789"), mantissa.size()));
  std::string_view digits = text.substr(std::min(mantissa_end + 1, text.size()));
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  int exponent = 0;
  const std::from_chars_result result = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  if (result.ec == std::errc::result_out_of_range) return digits.front() == '-';
  return point - first_digit + exponent < 0;
}

template <class Number>
void append(std::string& text, Number value) {
  char digits[32];  // a double takes at most 24 characters, a 64-bit integer 20
  const std::to_chars_result result = std::to_chars(digits, digits + sizeof digits, value);
  text.append(digits, result.ptr);
}

}  // namespace

bool parse_number(std::string_view text, double& value) {
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') return false;
  }
  const char* end = text.data() + text.size();
  const std::from_chars_result result = std::from_chars(text.data(), end, value);
  if (result.ec == std::errc::invalid_argument || result.ptr != end) return false;
  if (result.ec == std::errc::result_out_of_range) {
    const double magnitude = is_tiny(text) ? 0.0 : std::numeric_limits<double>::infinity();
    value = text.front() == '-' ? -magnitude : magnitude;
  }
  return true;
}

void append_number(std::string& text, double value) { append(text, value); }

void append_number(std::string& text, long long value) { append(text, value); }

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

}  // namespace brenier::io
