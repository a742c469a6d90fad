// brenier metrics --append: a table that was cut off goes on, and repeats nothing.
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

namespace fs = std::filesystem;

bool has_ended(pid_t process) {
  siginfo_t info = {};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

/// Writes into a pipe as soon as the process reads from it, if ever.
void feed(pid_t process, const std::string& pipe, const std::string& content) {
  int descriptor = -1;
  while (descriptor < 0 && !has_ended(process)) {
    descriptor = open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  // It fits into the pipe's buffer; a process that was killed on the way reads nothing any more.
  if (descriptor < 0) return;
  [[maybe_unused]] const auto written = write(descriptor, content.data(), content.size());
  close(descriptor);
}

class MetricsResume : public CliTest {
 protected:
  std::vector<std::string> words(const std::string& out, bool append, const std::string& jobs = "2") const {
    std::vector<std::string> all = {"metrics", target_, pattern_, "--out", path(out), "--jobs", jobs, "--floor", "2"};
    if (append) all.push_back("--append");
    return all;
  }

  std::string run_file(int k) const { return path("epoch_" + std::to_string(k) + ".npy"); }

  /// Runs it with a pipe in the place of run k, at which it waits, and sends the signal when all runs before are done.
  /// Only then, and where the process lives to read it, the pipe gives the run.
  ProcessResult signal_before(int k, int signal_number, const std::string& out, bool append) const {
    const std::string content = read_text(run_file(k));
    fs::remove(run_file(k));
    EXPECT_EQ(mkfifo(run_file(k).c_str(), 0600), 0);
    ProcessOptions options;
    bool sent = false;
    options.on_error_output = [&](pid_t process, const std::string& err) {
      const std::size_t place = err.rfind(": run ");
      if (sent || place == std::string::npos || std::atoi(err.c_str() + place + 6) != k - 1) return;
      sent = true;
      kill(process, signal_number);
      feed(process, run_file(k), content);
    };
    const ProcessResult result = run_brenier(words(out, append, "1"), options);
    EXPECT_TRUE(sent) << result.err;
    fs::remove(run_file(k));
    std::ofstream(run_file(k), std::ios::binary) << content;
    return result;
  }

  static constexpr int runs_ = 30;
  std::string target_ = cloud("target.npy", "ring", 300, 1);
  std::string pattern_ = [this] {
    for (int k = 1; k <= runs_; ++k) cloud("epoch_" + std::to_string(k) + ".npy", "gaussian", 300, 100 + k);
    return path("epoch_*.npy");
  }();
};

TEST_F(MetricsResume, GivesTheBytesOfAnUnbrokenTableAfterKillsAndReadsNoFinishedRunAgain) {
  ASSERT_EQ(run_brenier(words("unbroken.csv", false)).exit_code, 0);
  const std::string unbroken = read_text(path("unbroken.csv"));

  EXPECT_EQ(signal_before(4, SIGKILL, "killed.csv", false).signal, SIGKILL);
  EXPECT_EQ(signal_before(13, SIGKILL, "killed.csv", true).signal, SIGKILL);
  // What a kill within a write leaves.
  file("killed.csv", read_text(path("killed.csv")) + run_file(13) + ",300,0.12");
  for (int k = 1; k <= 12; ++k) std::ofstream(run_file(k)) << "not to be read again";
  const ProcessResult result = run_brenier(words("killed.csv", true));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_text(path("killed.csv")), unbroken);
}

TEST_F(MetricsResume, StopsAfterTheRowsThatAreDoneWhenInterrupted) {
  const ProcessResult result = signal_before(4, SIGINT, "rows.csv", false);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("stopping after the rows that are done"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("of 30; the same command with --append goes on from there"), std::string::npos)
      << result.err;
  EXPECT_EQ(run_brenier(words("rows.csv", true)).exit_code, 0);
  ASSERT_EQ(run_brenier(words("unbroken.csv", false)).exit_code, 0);
  EXPECT_EQ(read_text(path("rows.csv")), read_text(path("unbroken.csv")));
}

TEST_F(MetricsResume, TriesRowsWithAnErrorAgain) {
  const std::string good = read_text(path("epoch_5.npy"));
  file("epoch_5.npy", good.substr(0, 1000));
  EXPECT_EQ(run_brenier(words("rows.csv", false)).exit_code, 1);
  file("epoch_5.npy", good);
  EXPECT_EQ(run_brenier(words("rows.csv", true)).exit_code, 0);
  ASSERT_EQ(run_brenier(words("unbroken.csv", false)).exit_code, 0);
  EXPECT_EQ(read_text(path("rows.csv")), read_text(path("unbroken.csv")));
}

TEST_F(MetricsResume, RefusesATableOfAnotherKind) {
  ASSERT_EQ(run_brenier(words("rows.csv", false)).exit_code, 0);
  const std::string rows = read_text(path("rows.csv"));
  expect_one_line_error(run_brenier(words("rows.csv", false)), 2,
                        {"--out", "holds a table already; --append goes on with it"});
  const auto append = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all = words("rows.csv", true);
    all.insert(all.end(), more.begin(), more.end());
    all.push_back("--quiet");
    return run_brenier(all);
  };
  expect_one_line_error(append({"--seed", "1"}), 2,
                        {"--append: ", "epoch_1.npy that was measured against another target or with other options"});
  expect_one_line_error(append({"--frechet"}), 2, {"rows.csv: line 1: expected the header run,n,w1,w2,floor_n"});
  EXPECT_EQ(read_text(path("rows.csv")), rows);
  file("rows.csv", rows + "a,b\n");
  expect_one_line_error(append({}), 2, {"rows.csv: row 31: expected the 11 fields of the header, found 2"});
}

}  // namespace
}  // namespace brenier::test
