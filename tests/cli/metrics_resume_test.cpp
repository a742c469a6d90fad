// brenier metrics --append: a table that was cut off goes on, and repeats nothing.
#include <signal.h>

#include <cstdlib>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

class MetricsResume : public CliTest {
 protected:
  std::vector<std::string> words(const std::string& out, bool append) const {
    std::vector<std::string> all = {"metrics", target_, pattern_, "--out", path(out), "--jobs", "2", "--floor", "2"};
    if (append) all.push_back("--append");
    return all;
  }

  /// Runs it until standard error says that this many rows are done; then sends the signal.
  ProcessResult signal_at(const std::string& out, int row, int signal_number, bool append) const {
    ProcessOptions options;
    bool sent = false;
    options.on_error_output = [&](pid_t process, const std::string& err) {
      const std::size_t place = err.rfind(": run ");
      if (sent || place == std::string::npos || std::atoi(err.c_str() + place + 6) < row) return;
      sent = true;
      kill(process, signal_number);
    };
    const ProcessResult result = run_brenier(words(out, append), options);
    EXPECT_TRUE(sent) << result.err;
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

  EXPECT_EQ(signal_at("killed.csv", 3, SIGKILL, false).signal, SIGKILL);
  EXPECT_EQ(signal_at("killed.csv", 12, SIGKILL, true).signal, SIGKILL);
  // What a kill within a write leaves.
  const std::string kept = read_text(path("killed.csv"));
  file("killed.csv", kept + path("epoch_29.npy") + ",300,0.12");
  int finished = 0;
  for (int k = 1; k <= runs_; ++k) {
    const std::string name = "epoch_" + std::to_string(k) + ".npy";
    if (kept.find(path(name) + ",") == std::string::npos) continue;
    ++finished;
    file(name, "not to be read again");
  }
  EXPECT_GE(finished, 12);
  EXPECT_LT(finished, runs_);
  const ProcessResult result = run_brenier(words("killed.csv", true));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_text(path("killed.csv")), unbroken);
}

TEST_F(MetricsResume, StopsAfterTheRowsThatAreDoneWhenInterrupted) {
  const ProcessResult result = signal_at("rows.csv", 3, SIGINT, false);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("stopping after the rows that are done"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("the same command with --append goes on from there"), std::string::npos) << result.err;
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
