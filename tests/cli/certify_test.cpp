#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

/// Two points that both move by one: T1 = 1, and any potentials with φ + ψ = 1 on the moves are optimal.
class Certify : public CliTest {
 protected:
  ProcessResult certify(const std::string& plan, const std::string& potentials,
                        const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"certify",
                                      file("source.csv", "0,0\n0,5\n"),
                                      file("target.csv", "1,0\n1,5\n"),
                                      "--order",
                                      "1",
                                      "--plan",
                                      file("plan.csv", "source,target,mass\n" + plan),
                                      "--potentials",
                                      file("potentials.csv", "side,index,value\n" + potentials)};
    words.insert(words.end(), more.begin(), more.end());
    return run_brenier(words);
  }

  const std::string optimal_plan = "0,0,0.5\n1,1,0.5\n";
  const std::string optimal_potentials = "source,0,1\nsource,1,1\ntarget,0,0\ntarget,1,0\n";
};

TEST_F(Certify, ProvesAnOptimalAnswerOfAnySolver) {
  const ProcessResult result = certify(optimal_plan, optimal_potentials);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_NE(result.out.find("optimal (certified over 4 pairs)"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("NOT"), std::string::npos) << result.out;
}

TEST_F(Certify, DoesNotProveAPlanThatCostsMore) {
  const ProcessResult result = certify("0,1,0.5\n1,0,0.5\n", optimal_potentials);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("NOT PROVEN"), std::string::npos) << result.out;
}

TEST_F(Certify, DoesNotProveWithPotentialsThatViolateAPair) {
  const ProcessResult result = certify(optimal_plan, "source,0,2\nsource,1,0\ntarget,0,0\ntarget,1,0\n");
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("NOT PROVEN"), std::string::npos) << result.out;
}

TEST_F(Certify, DoesNotProveAPlanThatLosesMass) {
  const ProcessResult result = certify("0,0,0.5\n1,1,0.25\n", optimal_potentials);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("NOT PROVEN"), std::string::npos) << result.out;
}

TEST_F(Certify, PrintsOnlyJsonWhenJsonGoesToStandardOutput) {
  const ProcessResult result = certify("0,1,0.5\n1,0,0.5\n", optimal_potentials, {"--json", "-"});
  EXPECT_EQ(result.exit_code, 1);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json["termination"], "unproven");
  // √26 for the crossing moves, correctly rounded but for the last digit or two.
  EXPECT_NEAR(json["primal"].get<double>(), 5.0990195135927848, 1e-14);
  EXPECT_NEAR(json["dual"].get<double>(), 1.0, 1e-15);
  EXPECT_EQ(json["sources"], 2);
  EXPECT_EQ(json["order"], 1);
}

TEST_F(Certify, AcceptsWhatSolveWrites) {
  const std::string source = cloud("a.csv", "ring", 60, 1);
  const std::string target = cloud("b.csv", "gaussian", 45, 2);
  for (const std::string order : {"1", "2"}) {
    for (const std::string format : {".csv", ".npz"}) {
      const std::vector<std::string> files = {"--plan", path("p" + format), "--potentials", path("q" + format)};
      std::vector<std::string> solve = {"solve", source, target, "--order", order};
      std::vector<std::string> certify = {"certify", source, target, "--order", order};
      solve.insert(solve.end(), files.begin(), files.end());
      certify.insert(certify.end(), files.begin(), files.end());
      EXPECT_EQ(run_brenier(solve).exit_code, 0);
      const ProcessResult result = run_brenier(certify);
      EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    }
  }
}

TEST_F(Certify, NamesTheErrorInAPlan) {
  expect_one_line_error(certify("0,0,0.5\n1,2,0.5\n", optimal_potentials), 2, {"plan.csv", "3", "2"});
  expect_one_line_error(certify("0,0,0.5\n1,1,-0.5\n", optimal_potentials), 2, {"plan.csv", "-0.5"});
  expect_one_line_error(certify("0,0,0.5\n1,1,nan\n", optimal_potentials), 2, {"plan.csv", "nan"});
  expect_one_line_error(certify("0,0\n", optimal_potentials), 2, {"plan.csv", "2"});
}

TEST_F(Certify, NamesTheErrorInPotentials) {
  expect_one_line_error(certify(optimal_plan, "source,0,1\nsource,1,1\ntarget,0,0\n"), 2, {"potentials.csv"});
  expect_one_line_error(certify(optimal_plan, "source,0,inf\nsource,1,1\ntarget,0,0\ntarget,1,0\n"), 2,
                        {"potentials.csv", "inf"});
  expect_one_line_error(certify(optimal_plan, "side,0,1\nsource,1,1\ntarget,0,0\ntarget,1,0\n"), 2,
                        {"potentials.csv", "side"});
}

TEST_F(Certify, NamesAFileThatIsMissing) {
  const std::string cloud = file("cloud.csv", "0,0\n");
  const ProcessResult result =
      run_brenier({"certify", cloud, cloud, "--plan", path("absent.csv"), "--potentials", path("absent.csv")});
  expect_one_line_error(result, 2, {"absent.csv"});
}

}  // namespace
}  // namespace brenier::test
