#pragma once

#include <string>
#include <string_view>

namespace brenier::io {

/// Throws FileError "FILE: PLACE: found FOUND, expected EXPECTED"; an empty place is left out.
[[noreturn]] void fail(const std::string& file, const std::string& place, const std::string& found,
                       const std::string& expected);

/// Throws FileError "FILE: REASON", for what has neither place nor value (no such file, disk full).
[[noreturn]] void fail(const std::string& file, const std::string& reason);

/// The text in single quotes, fit for a message of one line: control characters become '?', long text is cut.
std::string quoted(std::string_view text);

/// "1 byte", "2 bytes".
std::string counted(unsigned long long count, const std::string& noun);

}  // namespace brenier::io
