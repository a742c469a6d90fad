#pragma once

#include <string>
#include <vector>

#include "options/command.hpp"

namespace brenier::cli {

/// The commands of a program, with what its help says of it.
struct CommandSet {
  std::string program;  ///< What is typed: "brenier".
  std::string purpose;  ///< One line for the head of its help.
  std::vector<Command> commands;
  std::string example;  ///< Lines for the end of its help.
};

/// Runs the command that the words name, on the words behind it, as the main function of its program.
int run_program(const CommandSet& set, const std::vector<std::string>& words);

}  // namespace brenier::cli
