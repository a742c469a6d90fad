#include "lost_ranks.hpp"

#include <signal.h>
#include <sys/types.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace brenier::mpi {
namespace {

namespace fs = std::filesystem;

constexpr const char* job_variable = "PMIX_NAMESPACE";
constexpr const char* rank_variable = "OMPI_COMM_WORLD_RANK";

/// The value of a variable in what /proc tells of a process' environment; empty where it is not set.
std::string value_of(const std::string& environment, const std::string& variable) {
  const std::string name = variable + '=';
  for (std::size_t begin = 0; begin < environment.size();) {
    const std::size_t end = std::min(environment.find('\0', begin), environment.size());
    if (environment.compare(begin, name.size(), name) == 0) {
      return environment.substr(begin + name.size(), end - begin - name.size());
    }
    begin = end + 1;
  }
  return "";
}

std::string environment_of(const fs::path& process) {
  std::ifstream stream(process / "environ", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

bool job_survives_a_rank() {
  const char* recovery = std::getenv("OMPI_MCA_orte_enable_recovery");
  return recovery != nullptr && std::string(recovery) == "1";
}

void kill_ranks_here(const std::vector<int>& ranks) {
  const char* job = std::getenv(job_variable);
  if (job == nullptr || ranks.empty()) return;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator("/proc", ignored)) {
    const pid_t process = std::atoi(entry.path().filename().c_str());
    if (process <= 0) continue;
    const std::string environment = environment_of(entry.path());
    if (value_of(environment, job_variable) != job) continue;
    const std::string rank = value_of(environment, rank_variable);
    const auto is_it = [&rank](int lost) { return std::to_string(lost) == rank; };
    if (std::any_of(ranks.begin(), ranks.end(), is_it)) kill(process, SIGKILL);
  }
}

}  // namespace brenier::mpi
