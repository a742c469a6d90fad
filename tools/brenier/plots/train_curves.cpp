#include "plots/train_curves.hpp"

#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "runs/number_table.hpp"

namespace brenier::cli {
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

  const NumberTable table = read_number_table(folder + "/curves.csv");
  for (const auto& row : table.rows) {
    for (std::size_t k = 0; k < row.size(); ++k) curves.columns[table.names[k]].push_back(row[k]);
  }
  return curves;
}

}  // namespace brenier::cli
