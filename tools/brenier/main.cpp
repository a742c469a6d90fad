#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <iostream>
#include <new>

#include "brenier/io.hpp"
#include "brenier/version.hpp"
#include "command.hpp"
#include "suggestion.hpp"

namespace brenier::cli {
namespace {

std::string program_help() {
  std::string text =
      "brenier: exact discrete optimal transport with a proof\n\n"
      "Usage: brenier COMMAND [arguments]\n\n"
      "Commands:\n";
  std::size_t width = 0;
  for (const Command& command : commands()) width = std::max(width, command.name.size());
  for (const Command& command : commands()) {
    text += "  " + command.name + std::string(width - command.name.size() + 2, ' ') + command.summary + "\n";
  }
  text +=
      "\n"
      "  brenier COMMAND --help  explains a command\n"
      "  brenier --version       prints the version\n\n" +
      exit_codes_help() +
      "\n"
      "Example:\n"
      "  brenier sample ring --n 512 --seed 1 --out ring.csv\n"
      "  brenier sample gaussian --n 512 --seed 2 --out gaussian.csv\n"
      "  brenier solve gaussian.csv ring.csv --order 2 --plan plan.csv\n";
  return text;
}

const Command& find_command(const std::string& name) {
  std::vector<std::string> names = {"help", "--help", "--version"};
  for (const Command& command : commands()) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const std::string kind = name.compare(0, 1, "-") == 0 ? "option " : "command ";
  throw UsageError("unknown " + kind + name + did_you_mean(name, names));
}

int run(const std::vector<std::string>& words) {
  if (words.empty()) {
    std::cout << program_help();
    return exit_bad_input;
  }
  const std::string& first = words.front();
  if (first == "--version") {
    std::cout << "brenier " << version() << '\n';
    return exit_done;
  }
  const bool help = first == "help" || first == "--help" || first == "-h";
  if (help && words.size() == 1) {
    std::cout << program_help();
    return exit_done;
  }
  if (help) return find_command(words[1]).run({"--help"});
  return find_command(first).run({words.begin() + 1, words.end()});
}

/// Prints one line, whatever the message holds: a file's name may have line ends in it.
int complain(std::string message, ExitCode code) {
  for (char& letter : message) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) letter = ' ';
  }
  std::cerr << "brenier: " << message << '\n';
  return code;
}

/// How to get help for these words: `brenier solve --help`, or `brenier --help` when there is no such command.
std::string help_hint(const std::vector<std::string>& words) {
  for (const Command& command : commands()) {
    if (!words.empty() && command.name == words.front()) return "; see brenier " + command.name + " --help";
  }
  return "; see brenier --help";
}

/// Turns the exception in flight into one line on standard error and an exit code.
int explain_failure(const std::vector<std::string>& words) {
  try {
    throw;
  } catch (const UsageError& error) {
    return complain(error.what() + help_hint(words), exit_bad_input);
  } catch (const WriteError& error) {
    return complain(error.what(), exit_failed);
  } catch (const FileError& error) {
    return complain(error.what(), exit_bad_input);
  } catch (const std::invalid_argument& error) {
    return complain(error.what(), exit_bad_input);
  } catch (const std::length_error& error) {
    return complain(error.what(), exit_bad_input);
  } catch (const std::bad_alloc&) {
    return complain("not enough memory", exit_failed);
  } catch (const std::exception& error) {
    return complain(error.what(), exit_failed);
  } catch (...) {
    return complain("an error of unknown kind", exit_failed);
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
}  // namespace brenier::cli

int main(int argc, char** argv) {
  // A reader that has seen enough (`| head -1`) ends this process quietly, also where a parent ignores the signal.
  signal(SIGPIPE, SIG_DFL);
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    const int code = brenier::cli::run(words);
    brenier::cli::flush_standard_output();
    return code;
  } catch (...) {
    return brenier::cli::explain_failure(words);
  }
}
