#include "options/command_set.hpp"

#include <algorithm>
#include <iostream>

#include "brenier/version.hpp"
#include "options/suggestion.hpp"
#include "program.hpp"

namespace brenier::cli {
namespace {

std::string program_help(const CommandSet& set) {
  std::string text =
      set.program + ": " + set.purpose + "\n\nUsage: " + set.program + " COMMAND [arguments]\n\nCommands:\n";
  std::size_t width = 0;
  for (const Command& command : set.commands) width = std::max(width, command.name.size());
  for (const Command& command : set.commands) {
    text += "  " + command.name + std::string(width - command.name.size() + 2, ' ') + command.summary + "\n";
  }
  const std::string version_call = set.program + " --version";
  const std::string help_call = set.program + " COMMAND --help";
  return text + "\n  " + help_call + "  explains a command\n  " + version_call +
         std::string(help_call.size() - version_call.size(), ' ') + "  prints the version\n\n" + exit_codes_help() +
         "\nExample:\n" + set.example;
}

const Command& find_command(const CommandSet& set, const std::string& name) {
  std::vector<std::string> names = {"help", "--help", "--version"};
  for (const Command& command : set.commands) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const std::string kind = name.compare(0, 1, "-") == 0 ? "option " : "command ";
  throw UsageError("unknown " + kind + name + did_you_mean(name, names));
}

int run(const CommandSet& set, const std::vector<std::string>& words) {
  if (words.empty()) {
    std::cout << program_help(set);
    return exit_bad_input;
  }
  const std::string& first = words.front();
  if (first == "--version") {
    std::cout << set.program << " " << version() << '\n';
    return exit_done;
  }
  const bool help = first == "help" || first == "--help" || first == "-h";
  if (help && words.size() == 1) {
    std::cout << program_help(set);
    return exit_done;
  }
  if (help) return find_command(set, words[1]).run({"--help"});
  return find_command(set, first).run({words.begin() + 1, words.end()});
}

/// How to get help for these words: `brenier solve --help`, or `brenier --help` when there is no such command.
std::string help_hint(const CommandSet& set, const std::vector<std::string>& words) {
  for (const Command& command : set.commands) {
    if (!words.empty() && command.name == words.front()) {
      return "; see " + set.program + " " + command.name + " --help";
    }
  }
  return "; see " + set.program + " --help";
}

}  // namespace

int run_program(const CommandSet& set, const std::vector<std::string>& all) {
  return run_program(
      set.program, all, [&set](const std::vector<std::string>& words) { return run(set, words); },
      [&set](const std::vector<std::string>& words) { return help_hint(set, words); });
}

}  // namespace brenier::cli
