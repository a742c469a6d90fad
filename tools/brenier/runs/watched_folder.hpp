#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace brenier::cli {

/// How long a file is left alone.
struct Patience {
  double settle = 0.5;   ///< Seconds that a file is unchanged before it is looked at.
  double broken = 60.0;  ///< Seconds that a file that cannot be read is unchanged before it is given up.
};

/// The .npy and .npz files of a folder that others write into.
///
/// A file is complete when it has not changed for a while and can be read as a cloud: the header of an .npy says how
/// long it is, and an .npz ends in its table of contents, so one that is half written cannot. Hidden files are not
/// looked at, and a file that is renamed into place is complete at once but for the time to settle.
class WatchedFolder {
 public:
  WatchedFolder(std::filesystem::path folder, const Patience& patience);

  /// Files that are not to be reported any more, by their paths.
  void leave_out(const std::string& file) { reported_.insert(file); }

  /// The files that have become complete, or are given up, since the last call, in natural order. A file that was given
  /// up comes again when it changes.
  std::vector<std::string> next_files();

  /// How many files are there, but neither complete nor given up.
  std::size_t waiting() const { return waiting_; }

 private:
  using Clock = std::chrono::steady_clock;

  /// What a file looks like from outside.
  struct Look {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type time;
    bool operator==(const Look& other) const { return size == other.size && time == other.time; }
  };

  struct Candidate {
    Look look;
    Clock::time_point since;  ///< When it was first seen so.
    bool is_broken = false;   ///< It could not be read.
    bool is_given_up = false;
  };

  bool is_ready(const std::string& file, Candidate& candidate) const;

  std::filesystem::path folder_;
  Patience patience_;
  std::set<std::string> reported_;
  std::map<std::string, Candidate> candidates_;
  std::size_t waiting_ = 0;
};

}  // namespace brenier::cli
