#include "runs/watched_folder.hpp"

#include <algorithm>
#include <utility>

#include "brenier/io.hpp"
#include "runs/natural_order.hpp"

namespace brenier::cli {
namespace {

namespace fs = std::filesystem;

bool is_array(const fs::path& file) {
  return file.filename().string().front() != '.' && (file.extension() == ".npy" || file.extension() == ".npz");
}

bool is_cloud(const std::string& file) {
  try {
    read_measure(file);
    return true;
  } catch (const FileError&) {
    return false;
  }
}

}  // namespace

WatchedFolder::WatchedFolder(fs::path folder, const Patience& patience)
    : folder_(std::move(folder)), patience_(patience) {}

std::vector<std::string> WatchedFolder::next_files() {
  std::vector<std::string> ready;
  waiting_ = 0;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string file = entry.path().string();
    std::error_code gone;
    if (!is_array(entry.path()) || reported_.count(file) > 0 || !fs::is_regular_file(file, gone)) continue;
    const Look look = {fs::file_size(file, gone), fs::last_write_time(file, gone)};
    if (gone) continue;
    Candidate& candidate = candidates_[file];
    if (candidate.since == Clock::time_point() || !(candidate.look == look)) candidate = {look, Clock::now()};
    if (candidate.is_given_up) continue;
    if (is_ready(file, candidate)) {
      ready.push_back(file);
    } else {
      ++waiting_;
    }
  }
  for (const std::string& file : ready) {
    if (!candidates_[file].is_given_up) leave_out(file);
  }
  std::sort(ready.begin(), ready.end(), natural_less);
  return ready;
}

bool WatchedFolder::is_ready(const std::string& file, Candidate& candidate) const {
  const double unchanged = std::chrono::duration<double>(Clock::now() - candidate.since).count();
  if (unchanged < patience_.settle) return false;
  // It is not read again before it changes.
  if (!candidate.is_broken && is_cloud(file)) return true;
  candidate.is_broken = true;
  candidate.is_given_up = unchanged >= patience_.broken;
  return candidate.is_given_up;
}

}  // namespace brenier::cli
