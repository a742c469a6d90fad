#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace brenier::test {

/// How a process ended and what it said.
struct ProcessResult {
  int exit_code = -1;  ///< -1 when a signal ended it.
  int signal = 0;      ///< The signal that ended it, or 0.
  std::string out;
  std::string err;
};

struct ProcessOptions {
  std::string input;        ///< What the process reads on standard input.
  std::string output_file;  ///< A file for standard output in place of `ProcessResult::out`.

  /// Called after each piece of standard error with all of it so far.
  std::function<void(pid_t process, const std::string& err)> on_error_output;
};

/// Runs the brenier command line with these words and waits for its end. A process that runs for more than two minutes,
/// ten under a sanitizer, is killed.
ProcessResult run_brenier(const std::vector<std::string>& words, const ProcessOptions& options = {});

/// Runs a shell command, in which $BRENIER is the command line.
ProcessResult run_shell(const std::string& command, const ProcessOptions& options = {});

}  // namespace brenier::test
