#pragma once

#include <string>
#include <string_view>

namespace brenier::io {

/// The double nearest to a decimal number, whatever the locale.
///
/// Takes an optional sign, digits with an optional point, an optional exponent, and nothing else: no blanks, no hex.
/// `nan` and `inf` are read as such, for the caller to refuse; so is a number beyond the range of a double, as ±inf.
/// @returns false where the text is not a number.
bool parse_number(std::string_view text, double& value);

/// True where the text is an integer, also one with a point and nothing but zeros behind it, that a double does not
/// hold: `value`, which `parse_number` made of it, is another integer. What is written with an exponent, or with
/// digits behind the point, is a decimal number, for which the nearest double is meant.
bool is_rounded_integer(std::string_view text, double value);

/// The integers that readers take, for the end of a message.
inline constexpr const char* exact_integer =
    "an integer that a double holds exactly (up to 2^53 any, beyond only multiples of 2, 4, 8, ...); subtract a common "
    "offset first";

/// The shortest decimal that reads back as the same double (at most 17 significant digits). Appends to `text`.
void append_number(std::string& text, double value);
void append_number(std::string& text, long long value);

/// As `append_number`, as a string of its own.
std::string number_text(double value);

}  // namespace brenier::io
