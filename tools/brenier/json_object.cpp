#include "json_object.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "report.hpp"

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

std::string JsonObject::text() const { return "{\n" + members_ + "\n}\n"; }

void JsonObject::add_raw(const std::string& key, const std::string& value) {
  if (!members_.empty()) members_ += ",\n";
  members_ += "  " + quoted(key) + ": " + value;
}

}  // namespace brenier::cli
