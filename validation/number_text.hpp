#pragma once

#include <charconv>
#include <string>

namespace brenier::validation {

/// A number for the name of a claim, at most six digits: "0.25", whatever the locale.
inline std::string text(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 6);
  return std::string(buffer, result.ptr);
}

}  // namespace brenier::validation
