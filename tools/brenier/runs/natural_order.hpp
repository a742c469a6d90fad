#pragma once

#include <string>
#include <vector>

namespace brenier::cli {

/// True when a stands before b as a person would sort them: digits are read as numbers, so epoch_2 is before epoch_10.
/// Names that differ in leading zeros only are sorted by their letters.
bool natural_less(const std::string& a, const std::string& b);

/// The files that the words mean, in the order of the words. A word with *, ? or [ that is no file itself stands for
/// all that match it, as in a shell, but in natural order.
/// @throws UsageError for such a word that nothing matches.
std::vector<std::string> files_of_words(const std::vector<std::string>& words);

/// The same, all of them in natural order and each once.
std::vector<std::string> files_in_natural_order(const std::vector<std::string>& words);

}  // namespace brenier::cli
