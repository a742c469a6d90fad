#include "reports/json_object.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "options/command.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

/// Quotes a text; bytes that are not UTF-8 (a file name may have them) become the replacement character.
std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void JsonObject::add(const std::string& key, double value) {
  if (!std::isfinite(value)) throw Failure(key + " is " + std::to_string(value) + ", which JSON cannot hold");
  add_raw(key, digits(value, 17));
}

void JsonObject::add(const std::string& key, std::int64_t value) { add_raw(key, std::to_string(value)); }

void JsonObject::add(const std::string& key, const std::string& value) { add_raw(key, quoted(value)); }

void JsonObject::add(const std::string& key, bool value) { add_raw(key, value ? "true" : "false"); }

void JsonObject::add_null(const std::string& key) { add_raw(key, "null"); }

std::string JsonObject::text() const { return "{\n  " + joined(",\n  ") + "\n}\n"; }

std::string JsonObject::line() const { return "{" + joined(", ") + "}\n"; }

void JsonObject::add_raw(const std::string& key, const std::string& value) {
  members_.push_back(quoted(key) + ": " + value);
}

std::string JsonObject::joined(const std::string& separator) const {
  std::string text;
  for (std::size_t k = 0; k < members_.size(); ++k) text += (k == 0 ? "" : separator) + members_[k];
  return text;
}

}  // namespace brenier::cli
