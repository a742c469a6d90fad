#include "cli/cli_fixture.hpp"

namespace brenier::test {
namespace {

class TrainPlot : public CliTest {
 protected:
  std::string train(const std::string& name, const std::string& method, const std::string& seed) const {
    const ProcessResult result =
        run_brenier({"train", "--method", method, "--seed", seed, "--iterations", "4", "--eval-every", "2", "--batch",
                     "16", "--eval-size", "24", "--out", path(name), "--quiet"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return path(name);
  }
};

TEST_F(TrainPlot, DrawsSeveralRunsInOnePicture) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const std::string a = train("a", "w2-fe", "1"), b = train("b", "w2-fe", "2"), c = train("c", "w1-fe", "1");
  const ProcessResult result = run_brenier({"plot", a, b, c, "--distances", path("all.svg")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const std::string figure = read_text(path("all.svg"));
  for (const char* title : {"iteration", "seconds of training", "floor", "w1-fe, K = 5"}) {
    EXPECT_NE(figure.find(title), std::string::npos) << title;
  }
  // Seeds of one method share a colour and one line of the legend.
  EXPECT_EQ(occurrences(figure, "w2-fe, K = 5</tspan>"), 1U);
}

TEST_F(TrainPlot, DrawsWhatThereIsIntoTheFolder) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const std::string run = train("run", "wgan-lp", "1");
  const ProcessResult result = run_brenier({"plot", run});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, run + "/particles.svg\n" + run + "/distances.svg\n");
  EXPECT_NE(read_text(run + "/particles.svg").find("G(z)"), std::string::npos);
}

TEST_F(TrainPlot, NamesWhatIsWrong) {
  const std::string a = train("a", "exact", "1"), b = train("b", "exact", "2");
  expect_one_line_error(run_brenier({"plot", a, b}), 2, {"--distances FILE"});
  expect_one_line_error(run_brenier({"plot", a, b, "--particles", path("x.svg")}), 2, {"--particles", "one run"});
  expect_one_line_error(run_brenier({"plot", a, "--accuracy", path("x.svg")}), 2, {"--accuracy", "--preset da"});
  expect_one_line_error(run_brenier({"plot", a, path("none")}), 2, {"none", "no run.json"});
  file("a/curves.csv", "iteration,seconds,training_seconds,w1,w2\n0,1,2\n");
  expect_one_line_error(run_brenier({"plot", a, "--distances", path("x.svg")}), 2, {"curves.csv: line 2", "3 fields"});
  EXPECT_FALSE(std::filesystem::exists(path("x.svg")));
}

}  // namespace
}  // namespace brenier::test
