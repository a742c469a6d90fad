#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>

#include "cli_fixture.hpp"

namespace brenier::test {

/// How many pairs a log says are done, at last or at first; −1 where it does not.
inline int pairs_done(const std::string& err, bool at_first = false) {
  const std::string label = ": pair ";
  const std::size_t place = at_first ? err.find(label) : err.rfind(label);
  return place == std::string::npos ? -1 : std::atoi(err.c_str() + place + label.size());
}

/// The rows of the journal beside the matrix `out`, a cut one not counted.
inline int journal_rows(const std::string& out) {
  const std::string text = read_text(out + ".journal");
  const std::size_t head = text.find("i,j,distance\n");
  EXPECT_NE(head, std::string::npos) << text;
  return static_cast<int>(std::count(text.begin() + static_cast<std::ptrdiff_t>(head), text.end(), '\n')) - 1;
}

}  // namespace brenier::test
