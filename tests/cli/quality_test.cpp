// brenier map-quality, potential-quality, frechet and one-nn: what they print and refuse.
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

class Quality : public CliTest {
 protected:
  ProcessResult run(const std::string& command, const std::vector<std::string>& more) const {
    std::vector<std::string> words = {command, source_, target_};
    words.insert(words.end(), more.begin(), more.end());
    return run_brenier(words);
  }

  std::string source_ = cloud("source.csv", "gaussian", 20, 1);
  std::string target_ = cloud("target.csv", "ring", 20, 2);
};

TEST_F(Quality, OfTheConstantMapToTheMeanIsAHundredPercent) {
  const std::string shifted = file("shifted.csv", "0,0\n0,2\n");
  const std::string mapped = file("mapped.csv", "5,1\n5,1\n");
  const std::string target = file("goal.csv", "5,0\n5,2\n");
  const ProcessResult result = run_brenier({"map-quality", shifted, target, "--mapped", mapped, "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  // ⟨(5, ±1), (5, 0)⟩ = 25, over √(26·25) = 25.4950975679639; the last digits are rounding.
  EXPECT_NE(result.out.find("\ncos           0.98058067569092"), std::string::npos) << result.out;
  for (const char* line : {"L2-UVP        100 %\n", "BW2-UVP       100 %\n", "Monge gap     0\n", "mean cost     13\n",
                           "optimal cost  13 to the same image\n", "W2 to target  1\n", "W2 of source  5\n",
                           "exact map     optimal plan, barycentric\n"}) {
    EXPECT_NE(result.out.find(line), std::string::npos) << line << result.out;
  }
}

TEST_F(Quality, OfPotentialsThatSolveWroteIsNothingShort) {
  const std::string potentials = path("potentials.npz");
  ASSERT_EQ(run("solve", {"--potentials", potentials, "--quiet"}).exit_code, 0);
  const ProcessResult result = run("potential-quality", {"--potentials", potentials, "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const char* label : {"optimal cost T2", "dual value of psi", "dual value of phi", "shortfall", "value as given",
                            "worst violation"}) {
    EXPECT_NE(result.out.find(label), std::string::npos) << result.out;
  }
}

TEST_F(Quality, RefusesWhatDoesNotFit) {
  const std::string other = cloud("other.npy", "ring", 19, 3);
  expect_one_line_error(run("map-quality", {}), 2, {"--mapped FILE is missing"});
  expect_one_line_error(run("map-quality", {"--mapped", other}), 2,
                        {"--mapped " + other + ": 19 points in 2 dimensions, but " + source_ +
                         ": 20 points in 2 dimensions: expected one image for each point"});
  expect_one_line_error(run("map-quality", {"--mapped", target_, "--true", target_, "--displacement", "matching"}), 2,
                        {"--displacement: --true says what the exact map is"});
  expect_one_line_error(run("map-quality", {"--mapped", target_, "--displacement", "split"}), 2,
                        {"--displacement split: a map sends each point to one place"});
  expect_one_line_error(run("potential-quality", {}), 2, {"--phi FILE or --psi FILE is missing"});
  expect_one_line_error(run("potential-quality", {"--phi", other}), 2,
                        {"--phi " + other + ": 19 rows of 2 numbers, expected one number for each of the 20 points"});
  expect_one_line_error(run("potential-quality", {"--phi", other, "--potentials", other}), 2,
                        {"--potentials holds both --phi and --psi already"});
  expect_one_line_error(run_brenier({"one-nn", source_, other}), 2, {"1-NN: 20 generated and 19 target points"});
  expect_one_line_error(run("one-nn", {"--labels", source_}), 2, {"--labels and --true-labels need each other"});
  expect_one_line_error(
      run("one-nn", {"--labels", file("labels.csv", "1\n2.5\n"), "--true-labels", file("labels.csv", "1\n2.5\n")}), 2,
      {"--labels ", "2 points in 1 dimension, expected one label for each of the 20 points"});
  expect_one_line_error(run_brenier({"frechet", source_, file("line.csv", "1\n2\n")}), 2,
                        {"source.csv: 2 dimensions, but ", "line.csv has 1"});
}

}  // namespace
}  // namespace brenier::test
