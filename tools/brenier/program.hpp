#pragma once

#include <functional>
#include <string>
#include <vector>

namespace brenier::cli {

/// The main function of a program of this project: runs it on the words after its name, and turns whatever it throws
/// into one line `NAME: …` on standard error and an exit code.
/// @param name what the messages begin with.
/// @param help_hint how to get help for these words, e.g. "; see brenier solve --help": the end of a usage error.
int run_program(const std::string& name, const std::vector<std::string>& words,
                const std::function<int(const std::vector<std::string>& words)>& run,
                const std::function<std::string(const std::vector<std::string>& words)>& help_hint);

}  // namespace brenier::cli
