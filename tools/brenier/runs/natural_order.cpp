#include "runs/natural_order.hpp"

#include <glob.h>

#include <algorithm>
#include <filesystem>

#include "options/command.hpp"

namespace brenier::cli {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// The end of the digits that begin at `place`.
std::size_t end_of_number(const std::string& text, std::size_t place) {
  while (place < text.size() && is_digit(text[place])) ++place;
  return place;
}

/// The digits from `place` on, without leading zeros.
std::string number_at(const std::string& text, std::size_t place) {
  const std::size_t end = end_of_number(text, place);
  while (place + 1 < end && text[place] == '0') ++place;
  return text.substr(place, end - place);
}

/// Below, at or above zero as the first number is less than, equal to or greater than the second, however long.
int compare_numbers(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

std::vector<std::string> matches(const std::string& pattern) {
  glob_t found = {};
  const int result = glob(pattern.c_str(), 0, nullptr, &found);
  std::vector<std::string> names;
  if (result == 0) names.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  if (names.empty()) throw UsageError("no file matches " + pattern);
  return names;
}

bool is_pattern(const std::string& word) {
  std::error_code ignored;
  return word.find_first_of("*?[") != std::string::npos && !std::filesystem::exists(word, ignored);
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const int order = compare_numbers(number_at(a, i), number_at(b, j));
      if (order != 0) return order < 0;
      i = end_of_number(a, i);
      j = end_of_number(b, j);
    } else if (a[i] != b[j]) {
      return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]);
    } else {
      ++i;
      ++j;
    }
  }
  if (i < a.size() || j < b.size()) return j < b.size();
  return a < b;
}

std::vector<std::string> files_of_words(const std::vector<std::string>& words) {
  std::vector<std::string> files;
  for (const std::string& word : words) {
    std::vector<std::string> meant = is_pattern(word) ? matches(word) : std::vector<std::string>{word};
    std::sort(meant.begin(), meant.end(), natural_less);
    files.insert(files.end(), meant.begin(), meant.end());
  }
  return files;
}

std::vector<std::string> files_in_natural_order(const std::vector<std::string>& words) {
  std::vector<std::string> files = files_of_words(words);
  std::sort(files.begin(), files.end(), natural_less);
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

}  // namespace brenier::cli
