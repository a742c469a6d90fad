#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "brenier/io.hpp"
#include "brenier/version.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

using Json = nlohmann::json;

class Solve : public CliTest {
 protected:
  /// What `brenier solve SOURCE TARGET … --json -` prints, parsed.
  Json solve_json(std::vector<std::string> words) const {
    words.insert(words.begin(), "solve");
    words.insert(words.end(), {"--json", "-", "--quiet"});
    const ProcessResult result = run_brenier(words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    return Json::parse(result.out);
  }
};

TEST_F(Solve, PrintsTheDistanceAndThatItIsCertified) {
  // A 3-4-5 triangle: the translation by (3, 4) moves everything by 5.
  const std::string source = file("source.csv", "0,0\n1,2\n");
  const std::string target = file("target.csv", "3,4\n4,6\n");
  for (const std::string order : {"1", "2"}) {
    const ProcessResult result = run_brenier({"solve", source, target, "--order", order, "--quiet"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(result.out.compare(0, 2, "W" + order), 0) << result.out;
    EXPECT_NE(result.out.find(" 5\n"), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("optimal (certified over 4 pairs)"), std::string::npos) << result.out;
    EXPECT_EQ(result.out.find("NOT"), std::string::npos) << result.out;
  }
}

TEST_F(Solve, PrintsOnlyJsonWhenJsonGoesToStandardOutput) {
  const std::string source = cloud("source.csv", "ring", 40, 1);
  const std::string target = cloud("target.csv", "gaussian", 30, 2);
  const Json json = solve_json({source, target});

  std::set<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.insert(key);
  const std::set<std::string> expected = {
      "distance",      "distance_lower", "distance_upper", "order",     "primal",        "dual",
      "lower_bound",   "upper_bound",    "relative_gap",   "dimension", "max_violation", "marginal_residual",
      "mass_rounding", "cost_scale",     "sources",        "targets",   "termination",   "engine",
      "seconds",       "threads",        "version"};
  EXPECT_EQ(keys, expected);
  EXPECT_EQ(json["order"], 2);
  EXPECT_EQ(json["sources"], 40);
  EXPECT_EQ(json["targets"], 30);
  EXPECT_EQ(json["dimension"], 2);
  EXPECT_EQ(json["termination"], "optimal");
  EXPECT_EQ(json["version"], BRENIER_VERSION);
  EXPECT_GE(json["threads"], 1);
  // W2² = 2 T2; a square root and a square round twice, so a few units of 2⁻⁵³ apart.
  const double distance = json["distance"];
  EXPECT_NEAR(distance * distance, 2.0 * json["primal"].get<double>(), 1e-14 * distance * distance);
  EXPECT_NEAR(json["primal"].get<double>(), json["dual"].get<double>(), 1e-12 * json["cost_scale"].get<double>());
}

TEST_F(Solve, WritesNumbersWith17Digits) {
  // |x − y| = √2, which has no short decimal: 1.4142135623730951 is its double.
  const std::string source = file("source.csv", "0,0\n");
  const std::string target = file("target.csv", "1,1\n");
  const ProcessResult result = run_brenier({"solve", source, target, "--order", "1", "--json", path("result.json")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::string text = read_text(path("result.json"));
  EXPECT_NE(text.find("\"distance\": 1.4142135623730951"), std::string::npos) << text;
  EXPECT_EQ(Json::parse(text)["distance"].get<double>(), std::sqrt(2.0));
}

TEST_F(Solve, PrintsOnlyThePlanWhenThePlanGoesToStandardOutput) {
  const std::string point = file("point.csv", "0,0\n");
  EXPECT_EQ(run_brenier({"solve", point, point, "--plan", "-", "--quiet"}).out, "source,target,mass\n0,0,1\n");
  expect_one_line_error(run_brenier({"solve", point, point, "--plan", "-", "--json", "-"}), 2, {"--plan", "--json"});
}

TEST_F(Solve, AddsToAFileThatStandardOutputLeadsTo) {
  const std::string point = file("point.csv", "0,0\n");
  const ProcessResult result = run_shell("{ echo before; \"$BRENIER\" solve " + point + " " + point +
                                         " --quiet --json /dev/stdout; echo after; } >" + path("log.txt"));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::string log = read_text(path("log.txt"));
  EXPECT_EQ(log.compare(0, 9, "before\n{\n"), 0) << log;
  EXPECT_NE(log.find("optimal (certified"), std::string::npos) << log;
  EXPECT_EQ(log.substr(log.size() - 6), "after\n") << log;
}

TEST_F(Solve, GivesTheSameAnswerWithEveryEngineOfALine) {
  const std::string source = file("source.csv", "x,weight\n0,1\n0.3,2\n1,1\n");
  const std::string target = file("target.csv", "x,weight\n0.1,3\n2,1\n");
  const Json line = solve_json({source, target, "--engine", "line"});
  const Json lemon = solve_json({source, target, "--engine", "lemon"});
  EXPECT_EQ(line["engine"], "line");
  EXPECT_EQ(lemon["engine"], "lemon");
  // Masses 1 and 2 go to 0.1, mass 1 goes from 1 to 2: T2 = (0.01 + 2·0.04 + 1)/2. The certificate allows 1e-12.
  EXPECT_NEAR(line["primal"].get<double>(), 0.545, 1e-12);
  EXPECT_NEAR(lemon["primal"].get<double>(), 0.545, 1e-12);
}

TEST_F(Solve, GivesTheSameBytesWithOneThreadAndWithTwo) {
  const std::string source = cloud("source.csv", "ring", 200, 1);
  const std::string target = cloud("target.csv", "gaussian", 170, 2);
  for (const std::string threads : {"1", "2"}) {
    const ProcessResult result =
        run_brenier({"solve", source, target, "--threads", threads, "--plan", path(threads + ".plan.csv"),
                     "--potentials", path(threads + ".potentials.csv")});
    EXPECT_EQ(result.exit_code, 0) << result.err;
  }
  EXPECT_EQ(read_text(path("1.plan.csv")), read_text(path("2.plan.csv")));
  EXPECT_EQ(read_text(path("1.potentials.csv")), read_text(path("2.potentials.csv")));
}

TEST_F(Solve, ReadsACloudFromStandardInput) {
  const std::string target = file("target.csv", "1\n");
  ProcessOptions options;
  options.input = "0\n";
  const ProcessResult result = run_brenier({"solve", "-", target, "--quiet"}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find(" 1\n"), std::string::npos) << result.out;
}

TEST_F(Solve, WritesPlanAndPotentialsInEveryFormat) {
  const std::string source = cloud("source.csv", "ring", 24, 1);
  const std::string target = cloud("target.csv", "gaussian", 24, 2);
  for (const std::string format : {".csv", ".npz"}) {
    const std::string plan_file = path("plan" + format);
    const std::string potentials_file = path("potentials" + format);
    const ProcessResult result =
        run_brenier({"solve", source, target, "--plan", plan_file, "--potentials", potentials_file});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const TransportPlan plan = read_plan(plan_file, 24, 24);
    const Potentials potentials = read_potentials(potentials_file, 24, 24);
    // Every point has weight 1/24, so each marginal is one division away from it.
    EXPECT_LE((plan.source_marginal().array() - 1.0 / 24).abs().maxCoeff(), 1e-15);
    EXPECT_LE((plan.target_marginal().array() - 1.0 / 24).abs().maxCoeff(), 1e-15);
    EXPECT_EQ(potentials.phi.size(), 24);
    EXPECT_EQ(potentials.psi.size(), 24);
  }
  EXPECT_EQ(read_text(path("plan.csv")).compare(0, 19, "source,target,mass\n"), 0);
}

TEST_F(Solve, ReportsProgressOnStandardErrorUnlessQuiet) {
  const std::string source = cloud("source.csv", "ring", 100, 1);
  const std::string target = cloud("target.csv", "gaussian", 100, 2);
  const ProcessResult loud = run_brenier({"solve", source, target});
  EXPECT_NE(loud.err, "");
  // Not a terminal: whole lines, no carriage returns.
  EXPECT_EQ(loud.err.find('\r'), std::string::npos);
  EXPECT_EQ(run_brenier({"solve", source, target, "--quiet"}).err, "");
}

TEST_F(Solve, StopsAtTheTimeLimitWithAFeasiblePlanAndABound) {
  const std::string source = cloud("source.csv", "ring", 300, 1);
  const std::string target = cloud("target.csv", "gaussian", 300, 2);
  const double exact = solve_json({source, target, "--engine", "lemon"})["primal"];

  // Over before the first pivot, on every machine.
  const ProcessResult result =
      run_brenier({"solve", source, target, "--engine", "lemon", "--time-limit", "1e-9", "--quiet", "--plan",
                   path("plan.csv"), "--potentials", path("potentials.csv"), "--json", path("result.json")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "");
  EXPECT_NE(result.out.find("NOT OPTIMAL: stopped by the time limit"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("at most "), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("at least "), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("certified"), std::string::npos) << result.out;

  const Json json = Json::parse(read_text(path("result.json")));
  EXPECT_EQ(json["termination"], "time_limit");
  // Both bounds hold up to the rounding of the exact value itself.
  EXPECT_GE(json["primal"].get<double>(), exact * (1 - 1e-12));
  EXPECT_LE(json["lower_bound"].get<double>(), exact * (1 + 1e-12));
  const TransportPlan plan = read_plan(path("plan.csv"), 300, 300);
  // A sum of up to 300 masses of at most 1/300 each.
  EXPECT_LE((plan.source_marginal().array() - 1.0 / 300).abs().maxCoeff(), 1e-15);
  EXPECT_LE((plan.target_marginal().array() - 1.0 / 300).abs().maxCoeff(), 1e-15);
  EXPECT_EQ(read_potentials(path("potentials.csv"), 300, 300).psi.size(), 300);
}

TEST_F(Solve, StartsFromTheFilesOfAnEarlierAnswerAndIsDoneInOneRound) {
  const std::string source = cloud("source.csv", "gaussian", 700, 1);
  const std::string target = cloud("target.csv", "ring", 700, 2);
  for (const std::string order : {"1", "2"}) {
    for (const std::string format : {".csv", ".npz"}) {
      const std::string plan = path("plan" + order + format), potentials = path("potentials" + order + format);
      const Json cold = solve_json({source, target, "--order", order, "--plan", plan, "--potentials", potentials});
      const Json warm =
          solve_json({source, target, "--order", order, "--start-plan", plan, "--start-potentials", potentials});
      // The pairs of the plan enter the basis, one pivot each; then nothing is left to do.
      EXPECT_EQ(warm["pivots"], read_plan(plan, 700, 700).entries.size());
      EXPECT_GT(cold["pivots"], warm["pivots"]);
      EXPECT_EQ(warm["rounds"], 1);
      EXPECT_EQ(warm["levels"], 1);
      // The same plan, its cost summed the same way.
      EXPECT_EQ(warm["primal"], cold["primal"]);
    }
  }
}

TEST_F(Solve, StartsFromAPlanAloneOrPotentialsAlone) {
  const std::string source = cloud("source.csv", "gaussian", 300, 1);
  const std::string target = cloud("target.csv", "ring", 250, 2);
  const std::string plan = path("plan.csv"), potentials = path("potentials.csv");
  const double optimum = solve_json({source, target, "--plan", plan, "--potentials", potentials})["primal"];
  // Both are proven within 1e-12 of the optimum.
  EXPECT_NEAR(solve_json({source, target, "--start-plan", plan})["primal"].get<double>(), optimum, 2e-12 * optimum);
  EXPECT_NEAR(solve_json({source, target, "--start-potentials", potentials})["primal"].get<double>(), optimum,
              2e-12 * optimum);
}

TEST_F(Solve, RefusesAStartThatDoesNotFit) {
  const std::string source = file("source.csv", "0,0\n0,5\n");
  const std::string target = file("target.csv", "1,0\n1,5\n");
  const std::string plan = file("plan.csv", "source,target,mass\n0,0,0.5\n2,1,0.5\n");
  const std::string potentials = file("potentials.csv", "side,index,value\nsource,0,1\nsource,1,1\ntarget,0,0\n");
  const std::vector<std::string> before = files();
  const auto refused = [&](const std::string& option, const std::string& value) {
    return run_brenier({"solve", source, target, option, value, "--json", path("result.json")});
  };
  expect_one_line_error(refused("--start-plan", plan), 2, {"plan.csv", "3", "from 0 to 1"});
  expect_one_line_error(refused("--start-potentials", potentials), 2, {"potentials.csv", "target 1"});
  expect_one_line_error(refused("--start-plan", path("absent.csv")), 2, {"absent.csv"});
  expect_one_line_error(run_brenier({"solve", source, target, "--start-plan", plan, "--plan", plan}), 2,
                        {"--plan", "overwrite"});
  const std::string good = file("good.csv", "source,target,mass\n0,0,0.5\n1,1,0.5\n");
  expect_one_line_error(run_brenier({"solve", source, target, "--start-plan", good, "--engine", "lemon"}), 2,
                        {"lemon", "cannot start"});
  EXPECT_EQ(files().size(), before.size() + 1);
}

TEST_F(Solve, RefusesWhatNeedsMoreMemoryThanAllowed) {
  const std::string source = cloud("source.csv", "gaussian", 1000, 1);
  const std::string target = cloud("target.csv", "ring", 1000, 2);
  for (const std::string engine : {"lemon", "multiscale"}) {
    expect_one_line_error(run_brenier({"solve", source, target, "--engine", engine, "--memory", "100K"}), 2,
                          {"memory", engine, "1000 sources and 1000 targets", "MiB", "allow more memory"});
  }
  EXPECT_EQ(solve_json({source, target, "--memory", "1G"})["termination"], "optimal");
}

}  // namespace
}  // namespace brenier::test
