#include "program.hpp"

#include <signal.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>

#include "brenier/io.hpp"
#include "options/command.hpp"

namespace brenier::cli {
namespace {

/// Prints one line, whatever the message holds: a file's name may have line ends in it.
int complain(const std::string& program, std::string message, ExitCode code) {
  for (char& letter : message) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) letter = ' ';
  }
  std::cerr << program << ": " << message << '\n';
  return code;
}

/// Turns the exception in flight into one line on standard error and an exit code.
int explain_failure(const std::string& program, const std::string& help_hint) {
  try {
    throw;
  } catch (const UsageError& error) {
    return complain(program, error.what() + help_hint, exit_bad_input);
  } catch (const WriteError& error) {
    return complain(program, error.what(), exit_failed);
  } catch (const FileError& error) {
    return complain(program, error.what(), exit_bad_input);
  } catch (const std::invalid_argument& error) {
    return complain(program, error.what(), exit_bad_input);
  } catch (const std::length_error& error) {
    return complain(program, error.what(), exit_bad_input);
  } catch (const std::bad_alloc&) {
    return complain(program, "not enough memory", exit_failed);
  } catch (const std::exception& error) {
    return complain(program, error.what(), exit_failed);
  } catch (...) {
    return complain(program, "an error of unknown kind", exit_failed);
  }
}

/// What was printed may still be in a buffer: a full disk shows only when that is written out.
void flush_standard_output() {
  errno = 0;
  std::cout.flush();
  if (!std::cout) {
    const std::string reason = errno != 0 ? std::string(": ") + std::strerror(errno) : "";
    throw Failure("cannot write to standard output" + reason);
  }
}

}  // namespace

int run_program(const std::string& name, const std::vector<std::string>& words,
                const std::function<int(const std::vector<std::string>& words)>& run,
                const std::function<std::string(const std::vector<std::string>& words)>& help_hint) {
  // A reader that has seen enough (`| head -1`) ends this process quietly, also where a parent ignores the signal.
  signal(SIGPIPE, SIG_DFL);
  try {
    const int code = run(words);
    flush_standard_output();
    return code;
  } catch (...) {
    return explain_failure(name, help_hint(words));
  }
}

}  // namespace brenier::cli
