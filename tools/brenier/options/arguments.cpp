#include "options/arguments.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <iostream>
#include <sstream>
#include <utility>

#include "options/suggestion.hpp"

namespace brenier::cli {
namespace {

namespace po = boost::program_options;

/// `--name` for an option, whatever Boost calls it.
std::string spelled(const po::error_with_option_name& error) {
  const std::string name = error.get_option_name();
  return name.compare(0, 2, "--") == 0 ? name : "--" + name;
}

/// What Boost has to know to cut the words, and to print the list of options.
/// @tparam Options a range of `Arguments::Option`, which is private.
template <typename Options>
po::options_description describe(const Options& options) {
  constexpr unsigned width = 100;
  po::options_description description("Options", width, width / 2);
  for (const auto& option : options) {
    if (option.value_name.empty()) {
      description.add_options()(option.name.c_str(), option.help.c_str());
    } else {
      auto* value = po::value<std::string>()->value_name(option.value_name);
      description.add_options()(option.name.c_str(), value, option.help.c_str());
    }
  }
  description.add_options()("help,h", "this text");
  return description;
}

/// Cuts the words into options with their values and positional words. Knows names, not meanings.
std::vector<po::option> cut(const std::vector<std::string>& words, const po::options_description& description) {
  // Abbreviated options would break as soon as a longer one with the same beginning is added.
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  try {
    return po::command_line_parser(words).options(description).style(style).allow_unregistered().run().options;
  } catch (const po::invalid_command_line_syntax& error) {
    switch (error.kind()) {
      case po::invalid_syntax::missing_parameter:
      case po::invalid_syntax::empty_adjacent_parameter:
        throw UsageError(spelled(error) + " needs a value");
      case po::invalid_syntax::extra_parameter:
        throw UsageError(spelled(error) + " takes no value");
      default:
        throw UsageError(error.what());
    }
  }
}

}  // namespace

std::string exit_codes_help() {
  return "Exit codes:\n"
         "  0  done\n"
         "  1  stopped early or failed: the answer is missing or not proven\n"
         "  2  wrong usage or bad input: nothing was computed, nothing written\n";
}

Arguments::Arguments(const std::string& command, std::string purpose, const std::string& program)
    : call_(command.empty() ? program : program + " " + command), purpose_(std::move(purpose)) {}

void Arguments::positional(const std::string& name, std::string& value, const std::string& help) {
  positionals_.push_back({name, &value, help});
}

void Arguments::operands(const std::string& name, std::vector<std::string>& values, const std::string& help) {
  operands_name_ = name;
  operands_help_ = help;
  operands_ = &values;
}

void Arguments::option(const std::string& name, const std::string& value_name, Setter set, const std::string& help) {
  options_.push_back({name, value_name, std::move(set), help});
}

void Arguments::flag(const std::string& name, bool& value, const std::string& help) {
  options_.push_back({name, "", [&value](const std::string&) { value = true; }, help});
}

void Arguments::note(const std::string& text) { notes_.push_back(text); }

bool Arguments::parse(const std::vector<std::string>& words) {
  std::vector<std::string> operands;
  for (const po::option& part : cut(words, describe(options_))) {
    if (part.unregistered) throw UsageError(unknown_option(part.original_tokens.front()));
    if (part.string_key == "help") {
      std::cout << help();
      return false;
    }
    if (Option* option = find(part.string_key)) {
      assign(*option, part.value);
    } else {
      operands.insert(operands.end(), part.value.begin(), part.value.end());
    }
  }
  if (operands.size() > positionals_.size() && operands_ == nullptr) {
    throw UsageError("unexpected argument '" + operands[positionals_.size()] + "'");
  }
  if (operands.size() < positionals_.size()) throw UsageError(positionals_[operands.size()].name + " is missing");
  for (std::size_t i = 0; i < operands.size(); ++i) {
    const bool is_positional = i < positionals_.size();
    if (operands[i].empty()) throw UsageError((is_positional ? positionals_[i].name : operands_name_) + " is empty");
    if (is_positional) {
      *positionals_[i].value = operands[i];
    } else {
      operands_->push_back(operands[i]);
    }
  }
  return true;
}

bool Arguments::given(const std::string& name) const {
  for (const Option& option : options_) {
    if (option.name == name) return option.given;
  }
  return false;
}

std::string Arguments::help() const {
  std::ostringstream text;
  text << "Usage: " << call_;
  for (const Positional& positional : positionals_) text << ' ' << positional.name;
  if (operands_ != nullptr) text << " [" << operands_name_ << " ...]";
  text << " [options]\n\n" << purpose_ << "\n\n";

  std::size_t width = operands_name_.size();
  for (const Positional& positional : positionals_) width = std::max(width, positional.name.size());
  const auto line = [&](const std::string& name, const std::string& help) {
    text << "  " << name << std::string(width - name.size() + 2, ' ') << help << '\n';
  };
  for (const Positional& positional : positionals_) line(positional.name, positional.help);
  if (operands_ != nullptr) line(operands_name_, operands_help_);
  text << '\n' << describe(options_) << '\n';
  for (const std::string& note : notes_) text << note << '\n';
  text << exit_codes_help();
  return text.str();
}

Arguments::Option* Arguments::find(const std::string& name) {
  for (Option& option : options_) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

void Arguments::assign(Option& option, const std::vector<std::string>& values) {
  if (option.given) throw UsageError("--" + option.name + " is given twice");
  option.given = true;
  const std::string value = values.empty() ? "" : values.front();
  if (!option.value_name.empty() && value.empty()) throw UsageError("--" + option.name + " needs a value");
  try {
    option.set(value);
  } catch (const std::invalid_argument& error) {
    throw UsageError("--" + option.name + " " + value + ": " + error.what());
  }
}

std::string Arguments::unknown_option(const std::string& typed) const {
  std::vector<std::string> names = {"--help"};
  for (const Option& option : options_) names.push_back("--" + option.name);
  const std::string name = typed.substr(0, typed.find('='));
  return "unknown option " + name + did_you_mean(name, names);
}

}  // namespace brenier::cli
