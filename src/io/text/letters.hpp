#pragma once

#include <string_view>

namespace brenier::io {

/// True when both are the same but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b);

/// True when `text` ends in `suffix`, the case of ASCII letters ignored.
bool ends_with_ignoring_case(std::string_view text, std::string_view suffix);

}  // namespace brenier::io
