#include "run_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

extern char** environ;

namespace brenier::test {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr auto patience = std::chrono::minutes(10);  // Sanitizers take ten times as long where loops are plain.
#else
constexpr auto patience = std::chrono::minutes(2);
#endif

/// A pipe whose ends close with it and are not inherited.
class Pipe {
 public:
  Pipe() {
    if (pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close_read_end() { close_end(0); }
  void close_write_end() { close_end(1); }

 private:
  void close_end(std::size_t end) {
    if (ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }

  std::array<int, 2> ends_ = {-1, -1};
};

/// Takes what is there to read; false at the end of the stream.
bool take(int descriptor, std::string& text) {
  char buffer[1 << 16];
  const ssize_t length = read(descriptor, buffer, sizeof buffer);
  if (length > 0) text.append(buffer, static_cast<std::size_t>(length));
  return length > 0;
}

/// Starts the program; its three streams are the given descriptors.
pid_t start(const std::vector<std::string>& command, int in, int out, int err) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);

  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_t process = -1;
  const int error = posix_spawn(&process, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot start " + command[0]);
  return process;
}

ProcessResult run(const std::vector<std::string>& command, const ProcessOptions& options) {
  signal(SIGPIPE, SIG_IGN);  // A process need not read all of its input.
  Pipe in;
  Pipe out;
  Pipe err;
  const int file = options.output_file.empty() ? -1 : open(options.output_file.c_str(), O_WRONLY | O_CLOEXEC);
  if (!options.output_file.empty() && file < 0) throw std::runtime_error("cannot open " + options.output_file);
  const pid_t process = start(command, in.read_end(), file >= 0 ? file : out.write_end(), err.write_end());
  if (file >= 0) close(file);
  in.close_read_end();
  out.close_write_end();
  err.close_write_end();
  if (options.input.empty()) in.close_write_end();

  ProcessResult result;
  std::size_t written = 0;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (out.read_end() >= 0 || err.read_end() >= 0) {
    std::array<pollfd, 3> streams = {pollfd{out.read_end(), POLLIN, 0}, pollfd{err.read_end(), POLLIN, 0},
                                     pollfd{in.write_end(), POLLOUT, 0}};
    poll(streams.data(), streams.size(), 1000);
    if (streams[0].revents != 0 && !take(out.read_end(), result.out)) out.close_read_end();
    if (streams[1].revents != 0) {
      if (!take(err.read_end(), result.err)) {
        err.close_read_end();
      } else if (options.on_error_output) {
        options.on_error_output(process, result.err);
      }
    }
    if (streams[2].revents != 0) {
      // A piece that fits into every pipe's buffer cannot block.
      const std::size_t length = std::min<std::size_t>(options.input.size() - written, 4096);
      const ssize_t taken = write(in.write_end(), options.input.data() + written, length);
      if (taken > 0) written += static_cast<std::size_t>(taken);
      if (taken <= 0 || written == options.input.size()) in.close_write_end();
    }
    if (std::chrono::steady_clock::now() > deadline) kill(process, SIGKILL);
  }
  int status = 0;
  waitpid(process, &status, 0);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  return result;
}

}  // namespace

ProcessResult run_brenier(const std::vector<std::string>& words, const ProcessOptions& options) {
  std::vector<std::string> command = {BRENIER_CLI};
  command.insert(command.end(), words.begin(), words.end());
  return run(command, options);
}

ProcessResult run_shell(const std::string& command, const ProcessOptions& options) {
  setenv("BRENIER", BRENIER_CLI, 1);
  return run({"/bin/sh", "-c", command}, options);
}

}  // namespace brenier::test
