#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "options/command.hpp"

namespace brenier::cli {

/// Hands over to `brenier-train` beside this program: only that one needs LibTorch.
int run_train(const std::vector<std::string>& words) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path trainer = fs::read_symlink("/proc/self/exe", error).parent_path() / "brenier-train";
  if (error || !fs::exists(trainer, error)) {
    throw UsageError("train: " + trainer.string() + " is not there; it is built with -DBRENIER_BUILD_TRAINER=ON, for " +
                     "which LibTorch is needed (Debian packages libtorch-dev and libopenblas0-pthread)");
  }
  std::string name = trainer.string();
  std::vector<std::string> kept = words;
  std::vector<char*> arguments = {name.data()};
  for (std::string& word : kept) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::cout.flush();
  execv(name.c_str(), arguments.data());
  throw Failure("train: " + name + " cannot be started: " + std::strerror(errno));
}

}  // namespace brenier::cli
