#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace brenier::cli {

/// What the process says to the shell. The same for every command, and part of every `--help`.
enum ExitCode : int {
  exit_done = 0,       ///< The command did what it was asked.
  exit_failed = 1,     ///< Stopped early or failed: the answer is missing or not proven.
  exit_bad_input = 2,  ///< Wrong usage or bad input: nothing was computed, nothing written.
};

/// The command line is wrong. The message names the option and its value; the way to the help is added to it.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The command was right and its input good, but it could not be finished, e.g. because the disk is full.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One word after `brenier`, e.g. `solve`. Each lives in a file of its own.
struct Command {
  std::string name;
  std::string summary;  ///< One line for the list in `brenier --help`.

  /// Runs the command on the words after its name and returns the exit code. Throws for everything that goes wrong.
  std::function<int(const std::vector<std::string>& words)> run;
};

/// Every command, in the order of the help.
const std::vector<Command>& commands();

/// The meaning of the exit codes, as a paragraph of a help text.
std::string exit_codes_help();

}  // namespace brenier::cli
