#pragma once

#include <string>
#include <vector>

namespace brenier::cli {

/// The candidate that `word` was most likely meant to be, or an empty string when none is near.
///
/// Near means: at most one edit (a letter inserted, dropped, replaced, or swapped with its neighbour) for each three
/// letters begun, or a beginning of exactly one candidate.
std::string nearest(const std::string& word, const std::vector<std::string>& candidates);

/// "; did you mean NAME?" with the nearest candidate, or an empty string.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

/// "a, b or c".
std::string enumerate(const std::vector<std::string>& names);

}  // namespace brenier::cli
