#include "cli_fixture.hpp"

#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace brenier::test {
namespace fs = std::filesystem;

CliTest::CliTest() {
  std::string pattern = (fs::temp_directory_path() / "brenier-cli-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
}

CliTest::~CliTest() { fs::remove_all(folder_); }

std::string CliTest::file(const std::string& name, const std::string& content) const {
  std::ofstream(path(name), std::ios::binary) << content;
  return path(name);
}

std::string CliTest::cloud(const std::string& name, const std::string& kind, int n, int seed) const {
  const ProcessResult result =
      run_brenier({"sample", kind, "--n", std::to_string(n), "--seed", std::to_string(seed), "--out", path(name)});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return path(name);
}

std::vector<std::string> CliTest::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_text(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  EXPECT_TRUE(stream) << "no file " << path;
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::map<std::string, std::string> contents(
    const std::string& folder,
    const std::function<std::string(const std::string& name, const std::string& text)>& amend) {
  std::map<std::string, std::string> result;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    result[name] = amend(name, read_text(entry.path().string()));
  }
  return result;
}

std::string without_columns(const std::string& table, const std::vector<std::string>& names) {
  std::istringstream lines(table);
  std::string line, cell, result;
  std::vector<bool> is_left_out;
  while (std::getline(lines, line)) {
    std::istringstream cells(line + ',');  // So that an empty last cell counts too.
    for (std::size_t k = 0; std::getline(cells, cell, ','); ++k) {
      if (k == is_left_out.size()) is_left_out.push_back(std::find(names.begin(), names.end(), cell) != names.end());
      if (!is_left_out[k]) result += cell + ",";
    }
    result += "\n";
  }
  EXPECT_EQ(std::count(is_left_out.begin(), is_left_out.end(), true), static_cast<std::ptrdiff_t>(names.size()));
  return result;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t number = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++number;
  return number;
}

bool has_gnuplot() { return run_shell("command -v gnuplot").exit_code == 0; }

void expect_one_line_error(const ProcessResult& result, int exit_code, const std::vector<std::string>& fragments) {
  EXPECT_EQ(result.exit_code, exit_code);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err.compare(0, 9, "brenier: "), 0) << result.err;
  EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  EXPECT_EQ(result.err.empty() ? '\0' : result.err.back(), '\n');
  for (const std::string& fragment : fragments) {
    EXPECT_NE(result.err.find(fragment), std::string::npos) << "'" << fragment << "' is not in: " << result.err;
  }
}

}  // namespace brenier::test
