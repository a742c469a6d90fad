#include <algorithm>
#include <cstdlib>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

class Plot : public CliTest {
 protected:
  /// Runs a flow of `order` into the folder `name`.
  std::string flow(const std::string& name, const std::string& order, const std::string& step) const {
    const ProcessResult result =
        run_brenier({"flow", source_, target_, "--order", order, "--step", step, "--steps", "12", "--every", "4",
                     "--distances", "all", "--out", path(name), "--quiet"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return path(name);
  }

  std::string source_ = cloud("source.csv", "gaussian", 40, 1);
  std::string target_ = cloud("target.csv", "ring", 40, 2);
};

TEST_F(Plot, DrawsBothFiguresIntoTheFolder) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const std::string run = flow("run", "2", "0.1");
  const ProcessResult result = run_brenier({"plot", run});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out, run + "/particles.svg\n" + run + "/distances.svg\n");

  const std::string particles = read_text(run + "/particles.svg");
  EXPECT_EQ(particles.compare(0, 5, "<?xml"), 0);
  EXPECT_NE(particles.find("</svg>"), std::string::npos);
  for (const char* title : {"target", "particles at step 0", "at step 12", "way of a particle", "coordinate 2"}) {
    EXPECT_NE(particles.find(title), std::string::npos) << title;
  }
  // A circle for each target, and one in the legend.
  EXPECT_GE(occurrences(particles, "#gpPt5"), 41U);

  const std::string distances = read_text(run + "/distances.svg");
  for (const char* title : {"time t = nε", "wall-clock time in seconds", "measured", "ε = 0.1"}) {
    EXPECT_NE(distances.find(title), std::string::npos) << title;
  }
}

TEST_F(Plot, ChoosesTheFormatByTheExtension) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  const std::string run = flow("run", "1", "0.05");
  const ProcessResult result = run_brenier({"plot", run, "--particles", path("a.png"), "--distances", path("b.pdf")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_text(path("a.png")).compare(0, 8, "\x89PNG\r\n\x1a\n"), 0);
  EXPECT_EQ(read_text(path("b.pdf")).compare(0, 5, "%PDF-"), 0);
  EXPECT_FALSE(std::filesystem::exists(run + "/particles.svg"));
}

TEST_F(Plot, SaysThatGnuplotIsMissing) {
  const std::string run = flow("run", "2", "0.1");
  const ProcessResult result = run_shell("PATH=/nowhere exec \"$BRENIER\" plot '" + run + "'");
  expect_one_line_error(result, 2, {"gnuplot was not found", "gnuplot-nox"});
  EXPECT_FALSE(std::filesystem::exists(run + "/particles.svg"));
}

TEST_F(Plot, RefusesWhatIsNoFlow) {
  expect_one_line_error(run_brenier({"plot", path("none")}), 2, {"none", "no run.json", "brenier flow"});
  expect_one_line_error(run_brenier({"plot", source_}), 2, {"source.csv", "no run.json"});
  ASSERT_EQ(run_brenier({"geodesic", source_, target_, "--s", "0.5", "--out", path("geodesic"), "--quiet"}).exit_code,
            0);
  expect_one_line_error(run_brenier({"plot", path("geodesic")}), 2, {"brenier geodesic", "expected brenier flow"});

  const std::string run = flow("run", "2", "0.1");
  expect_one_line_error(run_brenier({"plot", run, "--particles", path("a.gif")}), 2, {"a.gif", ".svg, .png or .pdf"});
  expect_one_line_error(run_brenier({"plot", run, "--particles", path("a.svg"), "--distances", path("a.svg")}), 2,
                        {"--particles and --distances"});
  file("run/flow.csv", "step,t\n1,2\n");
  expect_one_line_error(run_brenier({"plot", run, "--distances", path("a.svg")}), 2, {"flow.csv: line 1", "step,t,w1"});
  file("run/flow.csv", "step,t,w1,w2,loss,velocity_norm,predicted,relative_gap,seconds\n0,0,1,x,1,1,1,0,0\n");
  expect_one_line_error(run_brenier({"plot", run, "--distances", path("a.svg")}), 2,
                        {"flow.csv: line 2", "found 'x', expected a number"});
  file("run/run.json", "{");
  expect_one_line_error(run_brenier({"plot", run}), 2, {"run.json", "no JSON object"});
  EXPECT_FALSE(std::filesystem::exists(path("a.svg")));
}

TEST_F(Plot, WritesNothingWhereOneFigureCannotBeDrawn) {
  if (!has_gnuplot()) GTEST_SKIP() << "gnuplot is not installed";
  ASSERT_EQ(run_brenier({"flow", source_, source_, "--step", "0.5", "--steps", "2", "--out", path("rest"), "--quiet"})
                .exit_code,
            0);
  expect_one_line_error(run_brenier({"plot", path("rest")}), 2, {"--distances", "logarithmic"});
  EXPECT_FALSE(std::filesystem::exists(path("rest/particles.svg")));
}

TEST_F(Plot, RefusesParticlesOnALine) {
  const std::string a = file("a.csv", "0\n1\n"), b = file("b.csv", "3\n5\n");
  ASSERT_EQ(run_brenier({"flow", a, b, "--step", "0.5", "--steps", "2", "--out", path("line"), "--quiet"}).exit_code,
            0);
  expect_one_line_error(run_brenier({"plot", path("line"), "--particles", path("a.svg")}), 2, {"1 dimension"});
}

}  // namespace
}  // namespace brenier::test
