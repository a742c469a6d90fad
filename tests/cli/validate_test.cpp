#include <nlohmann/json.hpp>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

using nlohmann::json;

class Validate : public CliTest {};

TEST_F(Validate, FindsThatTheQuickSetHoldsWithinTightBounds) {
  const ProcessResult result = run_brenier({"validate", "--quick", "--quiet", "--json", path("report.json")});
  EXPECT_EQ(result.exit_code, 0) << result.out;
  EXPECT_NE(result.out.find("claims hold"), std::string::npos) << result.out;
  EXPECT_EQ(result.out.find("FAILS"), std::string::npos) << result.out;

  const json report = json::parse(read_text(path("report.json")));
  EXPECT_TRUE(report["holds"].get<bool>());
  EXPECT_EQ(report["cases"].size(), 9U);
  int judged = 0;
  for (const json& entry : report["cases"]) {
    EXPECT_FALSE(entry["claims"].empty()) << entry["case"];
    for (const json& claim : entry["claims"]) {
      EXPECT_TRUE(claim["holds"].get<bool>()) << claim;
      EXPECT_LE(claim["error"].get<double>(), claim["bound"].get<double>()) << claim;
      const bool exact = std::string("12357").find(claim["claim"].get<std::string>().front()) != std::string::npos;
      if (!exact || claim["relation"] != "equal") continue;
      ++judged;
      // What the statements are asked to hold to. A bound that is wider would let faults pass.
      EXPECT_LE(claim["bound"].get<double>(), 1e-10 * std::abs(claim["predicted"].get<double>())) << claim;
    }
  }
  EXPECT_GE(judged, 60);
}

TEST_F(Validate, FailsWhenTheFlowHasAFault) {
  const ProcessResult result =
      run_brenier({"validate", "ring", "--fault", "step", "--quiet", "--json", path("report.json")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("FAILS"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("claims FAIL"), std::string::npos) << result.out;
  const json report = json::parse(read_text(path("report.json")));
  EXPECT_FALSE(report["holds"].get<bool>());
  EXPECT_EQ(report["fault"], "step");
  const ProcessResult other = run_brenier({"validate", "line", "--fault", "sign", "--quiet", "--json", "-"});
  EXPECT_EQ(json::parse(other.out)["fault"], "sign");
}

TEST_F(Validate, ListsItsCases) {
  const ProcessResult result = run_brenier({"validate", "--list"});
  EXPECT_EQ(result.exit_code, 0);
  for (const char* name : {"ring", "unequal", "gaussians", "swissroll", "uniform-2d", "uniform-3d"}) {
    EXPECT_NE(result.out.find(std::string("  ") + name + "  "), std::string::npos) << result.out;
  }
}

TEST_F(Validate, RunsOnlyTheCasesThatAreNamed) {
  const ProcessResult result = run_brenier({"validate", "line", "translation", "--quiet", "--json", "-"});
  EXPECT_EQ(result.exit_code, 0);
  const json report = json::parse(result.out);
  ASSERT_EQ(report["cases"].size(), 2U);
  EXPECT_EQ(report["cases"][0]["case"], "line");
  EXPECT_EQ(report["cases"][1]["case"], "translation");
}

TEST_F(Validate, HoldsOnDigits) {
  const std::string data = BRENIER_TEST_DATA;
  const std::string mnist = data + "/t10k-images-idx3-ubyte.gz", usps = data + "/zip.test.gz";
  if (!std::filesystem::exists(mnist) || !std::filesystem::exists(usps)) {
    GTEST_SKIP() << "the digits are not here: " << mnist << ", " << usps;
  }
  const ProcessResult result = run_brenier({"validate", "digits", "--mnist", mnist, "--usps", usps, "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_NE(result.out.find("all 28 claims hold"), std::string::npos) << result.out;
}

TEST_F(Validate, NamesTheDataThatACaseLacks) {
  expect_one_line_error(run_brenier({"validate", "digits"}), 2, {"CASE digits", "needs --mnist FILE and --usps FILE"});
  const std::string here = file("here", "x");
  expect_one_line_error(run_brenier({"validate", "adaptation", "--mnist", here, "--usps", here}), 2,
                        {"CASE adaptation", "needs --mnist-labels FILE"});
  expect_one_line_error(run_brenier({"validate", "digits", "--mnist", here, "--usps", here, "--quiet"}), 2, {here});
}

TEST_F(Validate, RefusesWrongUsage) {
  expect_one_line_error(run_brenier({"validate", "rong"}), 2, {"CASE rong", "did you mean ring?"});
  expect_one_line_error(run_brenier({"validate", "ring", "--quick"}), 2, {"--quick", "no CASE"});
  expect_one_line_error(run_brenier({"validate", "--fault", "sing"}), 2, {"--fault sing", "did you mean sign?"});
  expect_one_line_error(run_brenier({"validate", "line", "--usps", path("none.gz")}), 2, {"none.gz", "cannot be read"});
  expect_one_line_error(run_brenier({"validate", "line", "--json", path("no/folder.json")}), 2, {"folder.json"});
}

}  // namespace
}  // namespace brenier::test
