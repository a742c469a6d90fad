#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "brenier/io.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

/// The fields of each row of a CSV text, the header first.
std::vector<std::vector<std::string>> table(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    rows.emplace_back();
    std::size_t begin = 0;
    for (std::size_t comma = line.find(','); comma != std::string::npos; comma = line.find(',', begin)) {
      rows.back().push_back(line.substr(begin, comma - begin));
      begin = comma + 1;
    }
    rows.back().push_back(line.substr(begin));
  }
  return rows;
}

class Flow : public CliTest {
 protected:
  ProcessResult flow(const std::vector<std::string>& more) const {
    std::vector<std::string> words = {"flow", source_, target_, "--out", path("out")};
    words.insert(words.end(), more.begin(), more.end());
    return run_brenier(words);
  }

  std::string source_ = cloud("source.csv", "gaussian", 100, 1);
  std::string target_ = cloud("target.csv", "ring", 100, 2);
};

TEST_F(Flow, WritesARowAStepAndSnapshots) {
  const ProcessResult result = flow({"--step", "0.25", "--steps", "7", "--every", "3"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("7 of 7"), std::string::npos) << result.out;
  const auto rows = table(read_text(path("out/flow.csv")));
  ASSERT_EQ(rows.size(), 9U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"step", "t", "w1", "w2", "loss", "velocity_norm", "predicted",
                                               "relative_gap", "seconds"}));
  const double start = std::stod(rows[1][3]);
  for (std::size_t n = 0; n <= 7; ++n) {
    const std::vector<std::string>& row = rows[n + 1];
    ASSERT_EQ(row.size(), 9U);
    EXPECT_EQ(row[0], std::to_string(n));
    EXPECT_EQ(std::stod(row[1]), 0.25 * static_cast<double>(n));
    const bool snapshot = n % 3 == 0 || n == 7;
    EXPECT_EQ(row[2].empty(), !snapshot);
    // Statement 5; doubles of size 1 rounded a few times.
    EXPECT_NEAR(std::stod(row[3]), std::pow(0.75, static_cast<double>(n)) * start, 1e-14);
    EXPECT_NEAR(std::stod(row[6]), std::stod(row[3]), 1e-14);
    std::string name = "out/particles_00000" + std::to_string(n) + ".npz";
    if (snapshot) {
      EXPECT_EQ(read_measure(path(name)).size(), 100);
    } else {
      EXPECT_FALSE(std::filesystem::exists(path(name)));
    }
  }
  EXPECT_EQ(read_measure(path("out/target.npz")).points(), read_measure(target_).points());
  const auto json = nlohmann::json::parse(read_text(path("out/run.json")));
  EXPECT_EQ(json["command"], "flow");
  EXPECT_EQ(json["order"], 2);
  EXPECT_EQ(json["step"], 0.25);
  EXPECT_EQ(json["steps"], 7);
  EXPECT_EQ(json["every"], 3);
  EXPECT_EQ(json["seed"], "0");
}

TEST_F(Flow, RecordsWhatDistancesAreAskedFor) {
  ASSERT_EQ(flow({"--step", "0.1", "--steps", "2", "--order", "1", "--distances", "all"}).exit_code, 0);
  for (const auto& row : table(read_text(path("out/flow.csv")))) {
    EXPECT_FALSE(row[2].empty());
    EXPECT_FALSE(row[3].empty());
  }
}

TEST_F(Flow, TakesWeightsAndOtherSizes) {
  const std::string weighted = file("weighted.csv", "x,y,weight\n0,0,1\n1,0,2\n0,1,1\n");
  const ProcessResult result = run_brenier({"flow", weighted, target_, "--step", "0.5", "--steps", "3", "--normalize",
                                            "--displacement", "split", "--out", path("out")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const DiscreteMeasure last = read_measure(path("out/particles_000003.npz"));
  EXPECT_GE(last.size(), 100);
  EXPECT_NEAR(last.total_mass(), 1.0, 1e-14);
}

TEST_F(Flow, ComparesAMinibatchFlowWithTheFullOne) {
  const ProcessResult result = flow({"--step", "0.2", "--steps", "4", "--every", "2", "--minibatch", "20", "--law",
                                     "ring:modes=8,std=0.1", "--seed", "18446744073709551615"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("rms from the full flow"), std::string::npos) << result.out;
  const auto rows = table(read_text(path("out/bias.csv")));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"step", "t", "distance", "full_distance", "excess_distance",
                                               "root_mean_square"}));
  EXPECT_EQ(rows[1][5], "0");  // Both start from the same particles.
  EXPECT_GT(std::stod(rows[3][5]), 0.0);
  EXPECT_EQ(std::stod(rows[3][4]), std::stod(rows[3][2]) - std::stod(rows[3][3]));
}

TEST_F(Flow, DoesNotDependOnThreads) {
  ASSERT_EQ(flow({"--step", "0.1", "--steps", "5", "--threads", "1"}).exit_code, 0);
  const std::string one = read_text(path("out/checkpoint.npz"));
  ASSERT_EQ(
      run_brenier({"flow", source_, target_, "--out", path("two"), "--step", "0.1", "--steps", "5", "--threads", "2"})
          .exit_code,
      0);
  EXPECT_TRUE(read_text(path("two/checkpoint.npz")) == one);
}

TEST_F(Flow, RefusesWrongInputWithoutWriting) {
  const auto expect_refusal = [&](const std::vector<std::string>& more, const std::vector<std::string>& fragments) {
    expect_one_line_error(flow(more), 2, fragments);
    EXPECT_FALSE(std::filesystem::exists(path("out")));
  };
  expect_refusal({"--steps", "5"}, {"--step E is missing"});
  expect_refusal({"--step", "0.1"}, {"--steps N is missing"});
  expect_refusal({"--step", "1.5", "--steps", "5"}, {"--step 1.5: expected at most 1"});
  expect_refusal({"--step", "-1", "--steps", "5"}, {"--step -1: expected a number above 0"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--clip"}, {"--clip: only steps of order 1 can overshoot"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--every", "0"}, {"--every 0: expected a whole number from 1"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--seed", "1"}, {"--seed: only for a flow with --minibatch"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--minibatch", "101"}, {"targets is 101, expected 1 to 100"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--minibatch", "5", "--law", "rng"}, {"--law rng", "mean ring?"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--minibatch", "5", "--law", "ring:std=x"}, {"--law ring:std=x"});
  expect_refusal({"--step", "0.1", "--steps", "5", "--passengers", path("none.csv")}, {"none.csv"});
  const std::string flat = file("flat.csv", "1\n2\n");
  expect_refusal({"--step", "0.1", "--steps", "5", "--passengers", flat}, {"flat.csv", "same dimension"});
  const std::string three = file("three.csv", "0,0\n1,0\n0,1\n");
  expect_one_line_error(run_brenier({"flow", three, target_, "--step", "0.1", "--steps", "5", "--displacement",
                                     "matching", "--out", path("out"), "--quiet"}),
                        2, {"no matching"});
  EXPECT_FALSE(std::filesystem::exists(path("out")));
}

}  // namespace
}  // namespace brenier::test
