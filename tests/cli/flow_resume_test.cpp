// A flow that was killed, or stopped, goes on to the bytes of one that was not.
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

std::map<std::string, std::string> contents_of_flow(const std::string& folder) {
  return contents(folder, [](const std::string& name, const std::string& text) {
    return name == "flow.csv" ? without_columns(text, {"seconds"}) : text;
  });
}

/// The last step that a log speaks of, or −1.
int last_step(const std::string& err) {
  const std::size_t place = err.rfind(": step ");
  return place == std::string::npos ? -1 : std::atoi(err.c_str() + place + 7);
}

class FlowResume : public CliTest {
 protected:
  /// The words of a flow of 60 steps into a folder of this name. The other order's distance makes a step take long
  /// enough for a signal to come before the last.
  std::vector<std::string> words(const std::string& out) const {
    std::vector<std::string> all = {"flow",    source_, target_,       "--step",       "0.03",
                                    "--steps", "60",    "--distances", "all",          "--every",
                                    "7",       "--out", path(out),     "--passengers", passengers_};
    all.insert(all.end(), more_.begin(), more_.end());
    return all;
  }

  /// Runs it with --resume until standard error says that this step is reached; then sends the signal.
  ProcessResult signal_at(const std::string& out, int step, int signal_number) const {
    ProcessOptions options;
    bool sent = false;
    options.on_error_output = [&](pid_t process, const std::string& err) {
      if (sent || last_step(err) < step) return;
      sent = true;
      kill(process, signal_number);
    };
    std::vector<std::string> all = words(out);
    all.push_back("--resume");
    const ProcessResult result = run_brenier(all, options);
    EXPECT_TRUE(sent) << result.err;
    return result;
  }

  void finish(const std::string& out) const {
    std::vector<std::string> all = words(out);
    all.push_back("--resume");
    const ProcessResult result = run_brenier(all);
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }

  void expect_same_bytes(const std::string& a, const std::string& b) const {
    const auto left = contents_of_flow(path(a)), right = contents_of_flow(path(b));
    ASSERT_EQ(left.size(), right.size());
    for (const auto& [name, text] : left) {
      ASSERT_EQ(right.count(name), 1U) << name;
      EXPECT_TRUE(right.at(name) == text) << name << " differs";
    }
  }

  void expect_kills_leave_no_trace() const {
    const ProcessResult unbroken = run_brenier(words("unbroken"));
    ASSERT_EQ(unbroken.exit_code, 0) << unbroken.err;
    for (const int step : {0, 12, 30}) {
      EXPECT_EQ(signal_at("killed", step, SIGKILL).signal, SIGKILL);
    }
    // What a kill in the middle of a write leaves: half a row, half a file beside the true one.
    append_to_table();
    file("killed/checkpoint.npz.tmp-1-0", "half");
    finish("killed");
    expect_same_bytes("unbroken", "killed");
  }

  void append_to_table() const {
    const std::string table = read_text(path("killed/flow.csv"));
    file("killed/flow.csv", table + "59,1.77,,0.1,0.0");
  }

  std::string source_ = cloud("source.csv", "gaussian", 300, 1);
  std::string target_ = cloud("target.csv", "ring", 300, 2);
  std::string passengers_ = cloud("passengers.csv", "uniform", 50, 3);
  std::vector<std::string> more_;
};

TEST_F(FlowResume, GivesTheBytesOfAnUnbrokenRunAfterKillsInOrderTwo) { expect_kills_leave_no_trace(); }

TEST_F(FlowResume, GivesTheBytesOfAnUnbrokenRunAfterKillsInOrderOne) {
  more_ = {"--order", "1"};
  expect_kills_leave_no_trace();
}

TEST_F(FlowResume, GivesTheBytesOfAnUnbrokenRunAfterKillsOfAMinibatchFlow) {
  more_ = {"--minibatch", "100", "--minibatch-particles", "80", "--seed", "5"};
  expect_kills_leave_no_trace();
}

TEST_F(FlowResume, GoesOnAfterCtrlC) {
  ASSERT_EQ(run_brenier(words("unbroken")).exit_code, 0);
  const ProcessResult stopped = signal_at("stopped", 12, SIGINT);
  EXPECT_EQ(stopped.exit_code, 1);
  EXPECT_NE(stopped.err.find("brenier: stopping after the steps that are done"), std::string::npos) << stopped.err;
  EXPECT_NE(stopped.out.find("of 60: interrupted"), std::string::npos) << stopped.out;
  EXPECT_NE(stopped.out.find("the same command with --resume goes on from here"), std::string::npos) << stopped.out;
  finish("stopped");
  expect_same_bytes("unbroken", "stopped");
}

TEST_F(FlowResume, AddsSteps) {
  std::vector<std::string> longer = words("longer");
  ASSERT_EQ(run_brenier(longer).exit_code, 0);
  longer[6] = "65";
  longer.push_back("--resume");
  ASSERT_EQ(run_brenier(longer).exit_code, 0);
  std::vector<std::string> whole = words("whole");
  whole[6] = "65";
  ASSERT_EQ(run_brenier(whole).exit_code, 0);
  auto left = contents_of_flow(path("longer")), right = contents_of_flow(path("whole"));
  EXPECT_EQ(left.erase("particles_000060.npz"), 1U);  // It was the last step once.
  EXPECT_EQ(left.size(), right.size());
  EXPECT_TRUE(left["checkpoint.npz"] == right["checkpoint.npz"]);
  EXPECT_TRUE(left["run.json"] == right["run.json"]);
}

TEST_F(FlowResume, RefusesAnotherRun) {
  ASSERT_EQ(run_brenier(words("run")).exit_code, 0);
  expect_one_line_error(run_brenier(words("run")), 2, {"holds a run already; --resume goes on with it"});

  const auto resumed = [&](std::size_t word, const std::string& value) {
    std::vector<std::string> all = words("run");
    all[word] = value;
    all.push_back("--resume");
    return run_brenier(all);
  };
  expect_one_line_error(resumed(4, "0.04"), 2, {"run.json says step 0.03, but now it is 0.04"});
  expect_one_line_error(resumed(6, "59"), 2, {"--steps 59: 60 steps are done already"});
  expect_one_line_error(resumed(2, source_), 2, {"run.json says target_fingerprint"});
}

TEST_F(FlowResume, RefusesDamagedFiles) {
  ASSERT_EQ(run_brenier(words("run")).exit_code, 0);
  std::vector<std::string> again = words("run");
  again.push_back("--resume");
  const std::string checkpoint = read_text(path("run/checkpoint.npz"));
  file("run/checkpoint.npz", checkpoint.substr(0, checkpoint.size() / 2));
  expect_one_line_error(run_brenier(again), 2, {"checkpoint.npz: "});
  file("run/checkpoint.npz", checkpoint);
  file("run/flow.csv", "step,t\n");
  expect_one_line_error(run_brenier(again), 2, {"flow.csv: line 1: expected step,t,w1,w2"});
  file("run/run.json", "{");
  expect_one_line_error(run_brenier(again), 2, {"run.json: found no JSON object"});
}

}  // namespace
}  // namespace brenier::test
