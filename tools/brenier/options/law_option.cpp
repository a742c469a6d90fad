#include "options/law_option.hpp"

#include <algorithm>
#include <limits>

#include "options/command.hpp"
#include "options/option_values.hpp"
#include "options/suggestion.hpp"

namespace brenier::cli {
namespace {

Setter setter_named(const std::string& name, SampleOptions& law) {
  constexpr Index most = std::numeric_limits<Index>::max();
  if (name == "dim") return whole_number(law.dimension, Index{1}, most);
  if (name == "modes") return whole_number(law.modes, Index{1}, most);
  if (name == "radius") return real_number(law.radius, Range::positive);
  if (name == "std") return real_number(law.std, Range::not_negative);
  if (name == "stratified") return one_of<bool>(law.stratified, {{"yes", true}, {"no", false}});
  throw std::invalid_argument("a law has no '" + name + "', expected dim, modes, radius, std or stratified");
}

/// Takes one NAME=VALUE.
void take_setting(const std::string& setting, SampleOptions& law) {
  const std::size_t equals = std::min(setting.find('='), setting.size());
  const std::string name = setting.substr(0, equals);
  try {
    setter_named(name, law)(setting.substr(std::min(equals + 1, setting.size())));
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(setting + ": " + error.what());
  }
}

}  // namespace

SampleOptions parse_law(const std::string& option, const std::string& typed) {
  SampleOptions law;
  const std::size_t colon = std::min(typed.find(':'), typed.size());
  law.kind = typed.substr(0, colon);
  const std::vector<std::string>& kinds = sample_kinds();
  if (std::find(kinds.begin(), kinds.end(), law.kind) == kinds.end()) {
    throw UsageError(option + " " + typed + ": expected " + enumerate(kinds) + did_you_mean(law.kind, kinds));
  }
  try {
    for (std::size_t begin = colon + 1; begin < typed.size();) {
      const std::size_t end = std::min(typed.find(',', begin), typed.size());
      take_setting(typed.substr(begin, end - begin), law);
      begin = end + 1;
    }
  } catch (const std::invalid_argument& error) {
    throw UsageError(option + " " + typed + ": " + error.what());
  }
  return law;
}

}  // namespace brenier::cli
