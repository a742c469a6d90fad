#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

using GeodesicCommand = CliTest;

TEST_F(GeodesicCommand, WritesTheCloudsThatAreAskedFor) {
  const std::string source = file("source.csv", "0,0\n10,0\n"), target = file("target.csv", "0,2\n10,4\n");
  const ProcessResult result =
      run_brenier({"geodesic", source, target, "--s", "0,0.5,1", "--t", "0", "--out", path("out"), "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_measure(path("out/particles_000000.npz")).points(), read_measure(source).points());
  EXPECT_EQ(read_measure(path("out/particles_000001.npz")).points(), (Points(2, 2) << 0, 1, 10, 2).finished());
  EXPECT_EQ(read_measure(path("out/particles_000002.npz")).points(), read_measure(target).points());
  // W₂² = (4 + 16)/2.
  EXPECT_EQ(read_text(path("out/geodesic.csv")),
            "index,s,t,w2_from_source,w2_to_target\n"
            "0,0,0,0,3.1622776601683795\n"
            "1,0.5,0.6931471805599453,1.5811388300841898,1.5811388300841898\n"
            "2,1,inf,3.1622776601683795,0\n"
            "3,0,0,0,3.1622776601683795\n");
  EXPECT_EQ(nlohmann::json::parse(read_text(path("out/run.json")))["displacement"], "barycentric");
}

TEST_F(GeodesicCommand, SaysNothingOfDistancesThatItDoesNotKnow) {
  const std::string source = file("source.csv", "0\n"), target = file("target.csv", "1\n-1\n");
  ASSERT_EQ(run_brenier({"geodesic", source, target, "--s", "1", "--out", path("mean"), "--quiet"}).exit_code, 0);
  EXPECT_EQ(read_text(path("mean/geodesic.csv")), "index,s,t,w2_from_source,w2_to_target\n0,1,inf,,\n");
  ASSERT_EQ(run_brenier(
                {"geodesic", source, target, "--s", "1", "--displacement", "split", "--out", path("split"), "--quiet"})
                .exit_code,
            0);
  EXPECT_EQ(read_text(path("split/geodesic.csv")), "index,s,t,w2_from_source,w2_to_target\n0,1,inf,1,0\n");
}

TEST_F(GeodesicCommand, RefusesWrongInputWithoutWriting) {
  const std::string source = file("source.csv", "0\n"), target = file("target.csv", "1\n-1\n");
  const auto expect_refusal = [&](const std::vector<std::string>& more, const std::string& fragment) {
    std::vector<std::string> words = {"geodesic", source, target, "--out", path("out"), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    expect_one_line_error(run_brenier(words), 2, {fragment});
    EXPECT_FALSE(std::filesystem::exists(path("out")));
  };
  expect_refusal({}, "--s S,... or --t T,... is missing");
  expect_refusal({"--s", "0,1.5"}, "--s 1.5: expected a number from 0 to 1");
  expect_refusal({"--s", "0,,1"}, "--s 0,,1: expected a number that is at least 0");
  expect_refusal({"--t", "-1"}, "--t -1: expected a number that is at least 0");
  expect_one_line_error(run_brenier({"geodesic", source, target, "--out", path("empty"), "--quiet", "--s", "0.5",
                                     "--displacement", "matching"}),
                        2, {"no matching"});
  EXPECT_FALSE(std::filesystem::exists(path("empty")));
}

}  // namespace
}  // namespace brenier::test
