#include "control/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

namespace brenier {
namespace {

/// The number after `key` in a file of lines "key number"; with an empty key the number that the file starts with.
std::optional<double> read_number(const char* path, const std::string& key) {
  std::ifstream file(path);
  std::string word;
  if (!key.empty()) {
    while (file >> word && word != key) {
    }
  }
  double number = 0.0;
  if (file >> number) return number;
  return std::nullopt;
}

}  // namespace

double available_memory() {
  double available = std::numeric_limits<double>::infinity();
  if (const auto kibibytes = read_number("/proc/meminfo", "MemAvailable:")) available = 1024.0 * *kibibytes;

  const auto limit = read_number("/sys/fs/cgroup/memory.max", "");
  const auto used = read_number("/sys/fs/cgroup/memory.current", "");
  const auto reclaimable = read_number("/sys/fs/cgroup/memory.stat", "inactive_file");
  if (limit && used) available = std::min(available, *limit - *used + reclaimable.value_or(0.0));
  return available;
}

}  // namespace brenier
