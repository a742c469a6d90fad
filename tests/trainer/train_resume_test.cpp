// A training that was killed, or stopped, goes on to the bytes of one that was not.
#include <signal.h>

#include <filesystem>
#include <map>

#include "cli/cli_fixture.hpp"

namespace brenier::test {
namespace {

/// The checkpoint holds wall-clock times too; that it holds the right state is seen by what comes of it.
std::map<std::string, std::string> contents_of_run(const std::string& folder) {
  return contents(folder, [](const std::string& name, const std::string& text) {
    if (name == "checkpoint.pt") return std::string();
    return name == "curves.csv" ? without_columns(text, {"seconds", "training_seconds"}) : text;
  });
}

class TrainResume : public CliTest {
 protected:
  static std::vector<std::string> words(const std::string& out, const std::string& method,
                                        const std::string& iterations) {
    return {"train", "--method", method, "--iterations",       iterations,    "--batch",           "64", "--eval-every",
            "2",     "--out",    out,    "--checkpoint-every", "3",           "--particles-every", "4",  "--eval-size",
            "48",    "--seed",   "9",    "--target",           "ring:std=0.2"};
  }

  void run(const std::string& out, const std::string& method, const std::string& iterations) const {
    std::vector<std::string> all = words(path(out), method, iterations);
    all.push_back("--resume");
    all.push_back("--quiet");
    const ProcessResult result = run_brenier(all);
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }

  /// Runs it until standard error tells of the iteration; then sends the signal.
  ProcessResult signal_at(const std::string& out, const std::string& iterations, const std::string& at,
                          int signal_number) const {
    ProcessOptions options;
    bool sent = false;
    options.on_error_output = [&](pid_t process, const std::string& err) {
      if (sent || err.find("step " + at + " of") == std::string::npos) return;
      sent = true;
      kill(process, signal_number);
    };
    const ProcessResult result = run_brenier(words(path(out), "w2-fe", iterations), options);
    EXPECT_TRUE(sent) << result.err;
    return result;
  }
};

TEST_F(TrainResume, AddsIterationsToTheSameBytes) {
  for (const char* method : {"w2-fe", "w1-fe", "exact"}) {
    const std::string name = method;
    run(name + "-whole", method, "12");
    run(name + "-parts", method, "5");  // Ends between two checkpoints and two evaluations.
    run(name + "-parts", method, "12");
    auto parts = contents_of_run(path(name + "-parts"));
    EXPECT_EQ(parts.erase("particles_000005.npz"), 1U);  // The end of the first part.
    EXPECT_EQ(contents_of_run(path(name + "-whole")), parts) << method;
  }
}

TEST_F(TrainResume, LosesNothingToAKill) {
  run("whole", "w2-fe", "40");
  const ProcessResult killed = signal_at("killed", "40", "16", SIGKILL);
  EXPECT_EQ(killed.signal, SIGKILL);
  run("killed", "w2-fe", "40");
  EXPECT_EQ(contents_of_run(path("whole")), contents_of_run(path("killed")));
}

TEST_F(TrainResume, StopsAfterTheIterationOnCtrlC) {
  const ProcessResult stopped = signal_at("stopped", "40", "8", SIGINT);
  EXPECT_EQ(stopped.exit_code, 1) << stopped.err;
  EXPECT_NE(stopped.out.find("--resume goes on"), std::string::npos) << stopped.out;
  EXPECT_TRUE(std::filesystem::exists(path("stopped/checkpoint.pt")));
  run("stopped", "w2-fe", "40");
  run("whole", "w2-fe", "40");
  EXPECT_EQ(read_text(path("whole/particles_000040.npz")), read_text(path("stopped/particles_000040.npz")));
  EXPECT_EQ(contents_of_run(path("whole"))["curves.csv"], contents_of_run(path("stopped"))["curves.csv"]);
}

TEST_F(TrainResume, RefusesAnotherRunAndDamagedFiles) {
  run("run", "w2-fe", "4");
  expect_one_line_error(run_brenier(words(path("run"), "w2-fe", "8")), 2, {"holds a run already", "--resume"});
  std::vector<std::string> other = words(path("run"), "w2gan", "8");
  other.push_back("--resume");
  expect_one_line_error(run_brenier(other), 2, {"--resume", "run.json", "now it is"});
  std::vector<std::string> fewer = words(path("run"), "w2-fe", "2");
  fewer.push_back("--resume");
  expect_one_line_error(run_brenier(fewer), 2, {"--iterations 2", "4 are done already"});

  const std::string checkpoint = read_text(path("run/checkpoint.pt"));
  file("run/checkpoint.pt", checkpoint.substr(0, checkpoint.size() / 2));
  std::vector<std::string> again = words(path("run"), "w2-fe", "8");
  again.push_back("--resume");
  expect_one_line_error(run_brenier(again), 2, {"checkpoint.pt", "cannot be read"});
}

}  // namespace
}  // namespace brenier::test
