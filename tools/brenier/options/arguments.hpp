#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "options/command.hpp"

namespace brenier::cli {

/// Takes the value of an option as it was typed and stores it.
/// Throws std::invalid_argument saying what was expected, e.g. "expected 1 or 2".
using Setter = std::function<void(const std::string&)>;

/// What a command understands: positional arguments, options with a value, flags; and the help made of them.
///
/// Declare everything, then call `parse` once. The variables given must outlive that call.
class Arguments {
 public:
  /// @param command its name; empty for a program without commands.
  /// @param purpose what it does, for the top of its help.
  Arguments(const std::string& command, std::string purpose, const std::string& program = "brenier");

  /// The next word that is not an option; required.
  void positional(const std::string& name, std::string& value, const std::string& help);

  /// Any number of words behind the positional ones, none included; at most one such list.
  void operands(const std::string& name, std::vector<std::string>& values, const std::string& help);

  /// `--name VALUE`, at most once.
  void option(const std::string& name, const std::string& value_name, Setter set, const std::string& help);

  /// `--name`.
  void flag(const std::string& name, bool& value, const std::string& help);

  /// A paragraph below the options.
  void note(const std::string& text);

  /// Reads the words and stores their values; returns false when the help was asked for and printed instead.
  /// @throws UsageError naming the option and its value.
  bool parse(const std::vector<std::string>& words);

  /// Whether the option was given; after `parse`.
  bool given(const std::string& name) const;

 private:
  struct Positional {
    std::string name;
    std::string* value;
    std::string help;
  };
  struct Option {
    std::string name;
    std::string value_name;  ///< Empty for a flag.
    Setter set;
    std::string help;
    bool given = false;
  };

  std::string help() const;
  Option* find(const std::string& name);
  void assign(Option& option, const std::vector<std::string>& values);
  std::string unknown_option(const std::string& typed) const;

  std::string call_;  ///< What is typed before the arguments: "brenier solve".
  std::string purpose_;
  std::vector<Positional> positionals_;
  std::string operands_name_;
  std::string operands_help_;
  std::vector<std::string>* operands_ = nullptr;
  std::vector<Option> options_;
  std::vector<std::string> notes_;
};

}  // namespace brenier::cli
