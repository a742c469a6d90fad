#include "runs/run_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "options/command.hpp"
#include "options/files.hpp"

namespace brenier::cli {

namespace fs = std::filesystem;

namespace {

/// Throws UsageError naming the option that is not the one that a run was begun with.
void check_same_run(const std::string& file, const std::string& begun, const std::string& now,
                    const std::vector<std::string>& free_to_differ) {
  const auto before = nlohmann::json::parse(begun, nullptr, false);
  const auto asked = nlohmann::json::parse(now);
  if (!before.is_object()) {
    throw FileError(file + ": found no JSON object, expected what brenier " + asked.value("command", "") + " wrote");
  }
  std::string differs;
  for (const auto& [key, value] : asked.items()) {
    const bool free = std::find(free_to_differ.begin(), free_to_differ.end(), key) != free_to_differ.end();
    if (!free && (!before.contains(key) || before[key] != value)) differs = key;
  }
  if (differs.empty()) return;
  throw UsageError("--resume: " + file + " says " + differs + " " +
                   (before.contains(differs) ? before[differs].dump() : "-") + ", but now it is " +
                   asked[differs].dump() + "; a run goes on only as it was begun");
}

}  // namespace

NewFolder::NewFolder(const fs::path& folder) {
  std::error_code error;
  // An empty path is what is above a relative one, and above the root there is the root.
  for (fs::path at = folder; !at.empty() && !fs::exists(at, error) && at != at.parent_path(); at = at.parent_path()) {
    made_.push_back(at);
  }
  fs::create_directories(folder, error);
  if (error) throw FileError(folder.string() + ": cannot be made: " + error.message());
}

NewFolder::~NewFolder() {
  std::error_code not_empty;
  for (const fs::path& at : made_) fs::remove(at, not_empty);
}

NewFolder make_run_folder(const fs::path& folder) {
  std::error_code ignored;
  if (fs::is_directory(folder, ignored)) check_writable((folder / "run.json").string());
  return NewFolder(folder);
}

std::vector<Index> snapshots(const fs::path& folder) {
  std::vector<Index> steps;
  const std::string stem = "particles_";
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    Index step = -1;
    if (name.rfind(stem, 0) != 0) continue;
    std::from_chars(name.data() + stem.size(), name.data() + name.size(), step);
    if (step >= 0 && name == numbered("particles", step)) steps.push_back(step);
  }
  std::sort(steps.begin(), steps.end());
  return steps;
}

std::string numbered(const std::string& stem, Index number) {
  const std::string text = std::to_string(number);
  return stem + "_" + std::string(text.size() < 6 ? 6 - text.size() : 0, '0') + text + ".npz";
}

void append_to(const std::string& name, const std::string& text) {
  std::ofstream stream(name, std::ios::binary | std::ios::app);
  stream << text << std::flush;
  if (!stream) throw WriteError(name + ": cannot be written: " + std::strerror(errno));
}

Index row_number(const std::string& row) {
  Index number = -1;
  const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), number);
  return error == std::errc() && end != row.data() + row.size() && *end == ',' ? number : -1;
}

std::string cut_table(const std::string& name, const std::string& header, Index last) {
  std::istringstream lines(read_file(name));
  std::string kept, line, row;
  std::getline(lines, kept);
  kept += '\n';
  if (kept != header) throw FileError(name + ": line 1: expected " + header.substr(0, header.size() - 1));
  // A row that a kill cut short is longer known by no checkpoint, or was written again behind it.
  while (std::getline(lines, line) && !lines.eof() && row_number(line) >= 0 && row_number(line) <= last) {
    kept += line + '\n';
    row = line;
  }
  write_file_atomically(name, kept);
  return row;
}

void remove_unfinished_files(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().find(".tmp-") != std::string::npos) fs::remove(entry.path());
  }
}

bool goes_on(const fs::path& folder, bool resume, const std::string& now,
             const std::vector<std::string>& free_to_differ) {
  const std::string file = (folder / "run.json").string();
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return false;
  const std::string begun = read_file(file);
  if (!resume) {
    throw UsageError("--out " + folder.string() + ": holds a run already; --resume goes on with it, another folder " +
                     "begins a new one");
  }
  check_same_run(file, begun, now, free_to_differ);
  return true;
}

}  // namespace brenier::cli
