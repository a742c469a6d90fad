#pragma once

#include <limits>
#include <sstream>
#include <string>

namespace brenier {

/// The parts one after the other as text; numbers with as many digits as tell them apart.
template <typename... Parts>
std::string message(const Parts&... parts) {
  std::ostringstream text;
  text.precision(std::numeric_limits<double>::max_digits10);
  (text << ... << parts);
  return text.str();
}

}  // namespace brenier
