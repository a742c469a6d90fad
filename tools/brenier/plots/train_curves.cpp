#include "plots/train_curves.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <sstream>

#include "brenier/io.hpp"
#include "options/files.hpp"

namespace brenier::cli {
namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream text(line + ",");
  for (std::string field; std::getline(text, field, ',');) fields.push_back(field);
  return fields;
}

std::optional<double> number(const std::string& place, const std::string& field) {
  if (field.empty()) return std::nullopt;
  double value = 0.0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (error != std::errc() || end != field.data() + field.size()) {
    throw FileError(place + ": found '" + field + "', expected a number");
  }
  return value;
}

}  // namespace

const std::vector<std::optional<double>>& TrainCurves::column(const std::string& name) const {
  const auto found = columns.find(name);
  if (found == columns.end()) {
    throw FileError(folder + "/curves.csv: has no column " + name + ", expected what brenier train wrote");
  }
  return found->second;
}

TrainCurves read_train_curves(const std::string& folder, const std::string& run) {
  auto json = nlohmann::json::parse(run);
  if (!json.contains("method") || !json["method"].is_string() || !json.contains("k")) {
    throw FileError(folder + "/run.json: method and k are missing, expected what brenier train wrote");
  }
  TrainCurves curves{folder, json["method"].get<std::string>() + ", K = " + json["k"].dump(), "", {}};
  for (const char* key : {"seed", "iterations", "eval_every", "checkpoint_every", "particles_every", "test_fingerprint",
                          "fixed_batch_fingerprint"}) {
    json.erase(key);
  }
  curves.settings = json.dump();

  const std::string name = folder + "/curves.csv";
  std::istringstream table(read_file(name));
  std::string line;
  std::getline(table, line);
  const std::vector<std::string> names = split(line);
  int rows = 0;
  // A last line without its end is one that a kill cut short.
  while (std::getline(table, line) && !table.eof()) {
    const std::vector<std::string> fields = split(line);
    const std::string place = name + ": line " + std::to_string(++rows + 1);
    if (fields.size() != names.size()) {
      throw FileError(place + ": found " + std::to_string(fields.size()) + " fields, expected " +
                      std::to_string(names.size()));
    }
    for (std::size_t k = 0; k < names.size(); ++k) curves.columns[names[k]].push_back(number(place, fields[k]));
  }
  if (rows == 0) throw FileError(name + ": has no row, expected one an evaluation");
  return curves;
}

}  // namespace brenier::cli
