#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "cli/cli_fixture.hpp"

namespace brenier::test {
namespace {

namespace fs = std::filesystem;

class Train : public CliTest {
 protected:
  /// Runs `brenier train` with these words into the folder `run`.
  ProcessResult train(std::vector<std::string> words) const {
    words.insert(words.begin(), "train");
    for (const std::string& word : {std::string("--out"), path("run")}) words.push_back(word);
    return run_brenier(words);
  }
};

TEST_F(Train, WritesWhatItSays) {
  const ProcessResult result = train({"--method", "w2-fe", "--iterations", "2", "--batch", "32", "--eval-every", "1",
                                      "--eval-size", "32", "--k", "2", "--lambda", "150", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  for (const char* label : {"w2-fe, K = 2", "2 of 2", "W2 to the data", "floor", "Monge gap", "L2-UVP", "dual value"}) {
    EXPECT_NE(result.out.find(label), std::string::npos) << label << " is not in: " << result.out;
  }
  const auto run = nlohmann::json::parse(read_text(path("run/run.json")));
  EXPECT_EQ(run["method"], "w2-fe");
  EXPECT_EQ(run["k"], 2);
  EXPECT_EQ(run["lambda"], 150.0);
  EXPECT_EQ(run["critic_rate"], 5e-4);
  const std::string curves = read_text(path("run/curves.csv"));
  EXPECT_EQ(curves.compare(0, 43, "iteration,seconds,training_seconds,w1,w2,fl"), 0);
  EXPECT_EQ(std::count(curves.begin(), curves.end(), '\n'), 4);
  EXPECT_NE(curves.find("\n0,"), std::string::npos);
  EXPECT_EQ(read_measure(path("run/particles_000002.npz")).size(), 32);
  EXPECT_EQ(read_measure(path("run/target.npz")).dimension(), 2);
}

TEST_F(Train, TakesCloudsAsData) {
  const ProcessResult result = train({"--source", cloud("z.csv", "gaussian", 80, 1), "--target",
                                      cloud("x.csv", "annulus", 80, 2), "--iterations", "1", "--batch", "16",
                                      "--eval-size", "20", "--eval-every", "1", "--method", "wgan-gp", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("wgan-gp, K = 1"), std::string::npos);
}

TEST_F(Train, StopsAtALossThatIsNoNumberAndKeepsTheLastCheckpoint) {
  const ProcessResult result = train({"--iterations", "50", "--batch", "16", "--eval-size", "16", "--eval-every", "1",
                                      "--critic-rate", "1e30", "--quiet"});
  expect_one_line_error(result, 1, {"iteration ", "finite", "checkpoint is kept"});
  EXPECT_TRUE(fs::exists(path("run/checkpoint.pt")));
  EXPECT_EQ(read_text(path("run/curves.csv")).find("nan"), std::string::npos);
}

TEST_F(Train, NamesWhatIsWrong) {
  expect_one_line_error(run_brenier({"train"}), 2, {"--out DIR is missing", "brenier train --help"});
  expect_one_line_error(train({"--method", "w3-fe"}), 2, {"--method w3-fe", "w2-fe"});
  expect_one_line_error(train({"--k", "0"}), 2, {"--k 0", "whole number"});
  expect_one_line_error(train({"--target", path("none.csv")}), 2, {"none.csv"});
  expect_one_line_error(train({"--target", "ring:std=x"}), 2, {"--target ring:std=x", "std=x"});
  expect_one_line_error(train({"--target", "gaussian:dim=3"}), 2, {"--source", "dimension 2", "in 3"});
  expect_one_line_error(train({"--penalty", "gp"}), 2, {"--penalty", "w1-fe"});
  expect_one_line_error(train({"--equality-lambda", "1"}), 2, {"--equality-lambda", "four-term"});
  expect_one_line_error(train({"--usps", "x"}), 2, {"--usps", "--preset da"});
  expect_one_line_error(train({"--preset", "da"}), 2, {"--usps FILE is missing"});
  expect_one_line_error(train({"--preset", "da", "--usps", path("none"), "--mnist", "b", "--mnist-labels", "c"}), 2,
                        {"none"});
  expect_one_line_error(
      train({"--preset", "da", "--usps", file("usps.txt", "3 0.5 0.5\n"), "--mnist", "b", "--mnist-labels", "c"}), 2,
      {"usps.txt: line 1", "256 values"});
  EXPECT_FALSE(fs::exists(path("run")));
}

TEST_F(Train, AdaptsDigits) {
  const fs::path data = BRENIER_TEST_DATA;
  if (!fs::exists(data / "zip.train.gz")) GTEST_SKIP() << "no digits in " << data;
  const ProcessResult result = train({"--preset", "da", "--usps", (data / "zip.train.gz").string(), "--mnist",
                                      (data / "t10k-images-idx3-ubyte.gz").string(), "--mnist-labels",
                                      (data / "t10k-labels-idx1-ubyte.gz").string(), "--iterations", "1",
                                      "--eval-every", "1", "--labelled", "200", "--eval-size", "64", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("1-NN accuracy"), std::string::npos) << result.out;
  const std::string curves = read_text(path("run/curves.csv"));
  const std::string row = curves.substr(curves.find("\n0,") + 1, curves.find("\n1,") - curves.find("\n0,") - 1);
  const double accuracy = std::atof(row.substr(row.rfind(',') + 1).c_str());
  // A digit is guessed right in one case of ten; a classifier of pixels is better.
  EXPECT_GT(accuracy, 0.2);
  EXPECT_LT(accuracy, 1.0);
}

}  // namespace
}  // namespace brenier::test
