#include "io/text/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
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

std::string_view without_leading_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
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

bool is_rounded_integer(std::string_view text, double value) {
  constexpr std::size_t digits_that_always_fit = 15;  // 10^15 < 2^53
  if (text.size() <= digits_that_always_fit) return false;
  if (text.front() == '+' || text.front() == '-') text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  if (text.find_first_not_of('0', std::min(point + 1, text.size())) != std::string_view::npos) return false;
  const std::string_view digits = without_leading_zeros(text.substr(0, point));
  if (digits.size() <= digits_that_always_fit || digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return false;
  }
  char exact[std::numeric_limits<double>::max_exponent10 + 1];
  const std::to_chars_result result =
      std::to_chars(exact, exact + sizeof exact, std::abs(value), std::chars_format::fixed, 0);
  return digits != std::string_view(exact, static_cast<std::size_t>(result.ptr - exact));
}

void append_number(std::string& text, double value) { append(text, value); }

void append_number(std::string& text, long long value) { append(text, value); }

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

}  // namespace brenier::io
