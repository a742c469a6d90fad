// Every metric against an independent computation by numpy, scipy and POT.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

using nlohmann::json;

/// Debian's Python, where it has what the reference needs.
constexpr const char* python = "/usr/bin/python3";

class MetricsReference : public CliTest {
 protected:
  void SetUp() override {
    const ProcessResult versions = run_shell(std::string(python) + " " BRENIER_METRICS_REFERENCE " --versions");
    if (versions.exit_code != 0) {
      GTEST_SKIP() << python << " lacks numpy, scipy or POT (python3-numpy, python3-scipy, python3-pot): not compared";
    }
    const ProcessResult made = run_shell(std::string(python) + " " BRENIER_METRICS_REFERENCE " '" + path("") + "'");
    ASSERT_EQ(made.exit_code, 0) << made.err;
    reference_ = json::parse(made.out);
  }

  /// What a command says as JSON.
  json figures(std::vector<std::string> words, const std::vector<std::string>& json_option = {"--json", "-"}) const {
    words.insert(words.end(), json_option.begin(), json_option.end());
    if (words[0] != "frechet" && words[0] != "one-nn") words.push_back("--quiet");
    const ProcessResult result = run_brenier(words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out);
  }

  /// Equal to 1e-9 of the size of the figure, and absolutely where it is less than 1: an order of magnitude above what
  /// the matrix roots of scipy, and POT's sums, lose.
  void expect_reference(const json& found, const std::string& key, const std::string& name) const {
    ASSERT_TRUE(found.contains(key)) << key;
    const double expected = reference_.at(name), value = found.at(key);
    EXPECT_NEAR(value, expected, 1e-9 * std::max(1.0, std::abs(expected))) << name;
  }

  json reference_;
};

TEST_F(MetricsReference, TableOfRuns) {
  const json weighted = figures({"metrics", path("target.npz"), path("source.npz"), "--frechet", "--one-nn",
                                 "--centres", path("centres.npy"), "--radius", "1.2"},
                                {"--format", "jsonl"});
  for (const char* key :
       {"w1", "w2", "gaussian_w2", "frechet", "one_nn", "one_nn_run", "one_nn_target", "modes", "in_modes", "count_0",
        "count_1", "count_2", "count_3", "mass_0", "mass_1", "mass_2", "mass_3"}) {
    expect_reference(weighted, key, key);
  }
  const json even =
      figures({"metrics", path("even_target.npy"), path("even_source.npy"), "--frechet"}, {"--format", "jsonl"});
  for (const char* key : {"w1", "w2", "frechet"}) expect_reference(even, key, std::string("even_") + key);
}

TEST_F(MetricsReference, MapQuality) {
  for (const std::string order : {"1", "2"}) {
    const std::vector<std::string> words = {
        "map-quality", path("source.npz"), path("target.npz"), "--mapped", path("mapped.npy"), "--order", order};
    std::vector<std::string> with_truth = words;
    with_truth.insert(with_truth.end(), {"--true", path("exact.npy")});
    const json found = figures(with_truth);
    expect_reference(found, "l2_uvp", "l2_uvp");
    expect_reference(found, "cos", "cos");
    expect_reference(found, "bw2_uvp", "bw2_uvp");
    expect_reference(found, "monge_gap", "monge_gap_" + order);
    expect_reference(found, "image_distance", "image_distance_" + order);
    if (order == "1") continue;  // The optimal plan of order 1 need not be unique.
    const json of_plan = figures(words);
    expect_reference(of_plan, "l2_uvp", "l2_uvp_of_plan");
    expect_reference(of_plan, "cos", "cos_of_plan");
    expect_reference(of_plan, "distance", "w2");
  }
}

TEST_F(MetricsReference, PotentialQuality) {
  for (const std::string order : {"1", "2"}) {
    const json found = figures({"potential-quality", path("source.npz"), path("target.npz"), "--phi", path("phi.npy"),
                                "--psi", path("psi.npy"), "--order", order});
    for (const std::string key : {"value_of_phi", "value_of_psi", "given_value", "worst_violation", "transport_cost"}) {
      expect_reference(found, key, key + "_" + order);
    }
  }
}

TEST_F(MetricsReference, FrechetDistanceOfCloudsAndOfGivenMoments) {
  expect_reference(figures({"frechet", path("source.npz"), path("target.npz")}), "frechet", "frechet");
  expect_reference(figures({"frechet", path("source.npz"), path("target.npz"), "--covariance", "population"}),
                   "gaussian_w2", "gaussian_w2");
  expect_reference(figures({"frechet", path("source_moments.npz"), path("target_moments.npz")}), "frechet",
                   "even_frechet");
}

TEST_F(MetricsReference, NearestNeighbourAccuracy) {
  const json of_clouds = figures({"one-nn", path("even_source.npy"), path("even_target.npy")});
  expect_reference(of_clouds, "accuracy", "one_nn");
  expect_reference(of_clouds, "accuracy_a", "one_nn_run");
  expect_reference(of_clouds, "accuracy_b", "one_nn_target");
  expect_reference(figures({"one-nn", path("even_source.npy"), path("even_target.npy"), "--labels", path("labels.npy"),
                            "--true-labels", path("other_labels.npy")}),
                   "accuracy", "labelled_accuracy");
}

}  // namespace
}  // namespace brenier::test
