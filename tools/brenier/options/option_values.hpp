#pragma once

#include <charconv>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "brenier/displacement.hpp"
#include "options/arguments.hpp"
#include "options/suggestion.hpp"

namespace brenier::cli {

/// Stores the text as it is, e.g. a file name.
inline Setter text(std::string& value) {
  return [&value](const std::string& typed) { value = typed; };
}

/// Stores a whole number of [lowest, highest]; a plus sign, fractions and trailing letters are refused.
/// @tparam Target an integer, or an optional one.
template <typename Target, typename Integer>
Setter whole_number(Target& value, Integer lowest, Integer highest) {
  static_assert(std::is_integral_v<Integer>);
  return [&value, lowest, highest](const std::string& typed) {
    Integer parsed{};
    const char* end = typed.data() + typed.size();
    const auto [stop, error] = std::from_chars(typed.data(), end, parsed);
    if (error != std::errc() || stop != end || parsed < lowest || parsed > highest) {
      throw std::invalid_argument("expected a whole number from " + std::to_string(lowest) + " to " +
                                  std::to_string(highest));
    }
    value = parsed;
  };
}

/// What a real number may be.
enum class Range { positive, not_negative };

/// The finite real number that was typed. Throws std::invalid_argument saying what was expected.
double parse_real_number(const std::string& typed, Range range);

/// Stores a finite real number.
/// @tparam Target a double, or an optional one.
template <typename Target>
Setter real_number(Target& value, Range range) {
  return [&value, range](const std::string& typed) { value = parse_real_number(typed, range); };
}

/// Stores a number of bytes: a number above 0 with a unit K, M, G or T (powers of 1024), or without one.
Setter byte_size(double& value);

/// Stores the value that belongs to one of the names.
template <typename Value>
Setter one_of(Value& value, std::vector<std::pair<std::string, Value>> choices) {
  return [&value, choices = std::move(choices)](const std::string& typed) {
    std::vector<std::string> names;
    for (const auto& [name, meaning] : choices) {
      if (name == typed) {
        value = meaning;
        return;
      }
      names.push_back(name);
    }
    throw std::invalid_argument("expected " + enumerate(names) + did_you_mean(typed, names));
  };
}

/// @name Options that mean the same in every command that has them.
/// @{
void add_order(Arguments& arguments, int& order);
void add_normalize(Arguments& arguments, bool& normalize);
void add_threads(Arguments& arguments, int& threads);
void add_verify(Arguments& arguments, bool& verify);
void add_json(Arguments& arguments, std::string& file);
void add_displacement(Arguments& arguments, Displacement& displacement);
/// @}

}  // namespace brenier::cli
