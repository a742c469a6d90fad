#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "brenier/ground_cost.hpp"
#include "brenier/io.hpp"
#include "brenier/solve.hpp"

namespace brenier {
namespace {

const std::string folder = std::string(BRENIER_TEST_DATA) + "/dotmark32/";

struct Pair {
  std::string source, target;
  double value = 0.0;  ///< W₁ in units of the median cost.
};

std::vector<Pair> reference_pairs(const std::string& image_class) {
  std::vector<Pair> pairs;
  std::ifstream file(folder + "reference_w1.csv");
  std::string line, name, value;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    Pair pair;
    std::getline(fields, name, ',');
    std::getline(fields, pair.source, ',');
    std::getline(fields, pair.target, ',');
    std::getline(fields, value, ',');
    pair.value = std::stod(value);
    if (name == image_class) pairs.push_back(pair);
  }
  return pairs;
}

/// The median of the costs between all sources and the targets that have mass: the unit of the reference values.
double median_cost(const DiscreteMeasure& source, const DiscreteMeasure& target) {
  const GroundCost cost(1);
  std::vector<double> costs;
  for (Index j = 0; j < target.size(); ++j) {
    if (target.weights()[j] == 0.0) continue;
    for (Index i = 0; i < source.size(); ++i) {
      costs.push_back(cost(source.points().row(i).data(), target.points().row(j).data(), 2));
    }
  }
  const auto middle = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
  std::nth_element(costs.begin(), middle, costs.end());
  const double upper = *middle;
  return costs.size() % 2 == 1 ? upper : 0.5 * (upper + *std::max_element(costs.begin(), middle));
}

class Dotmark : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the DOTmark images are not here: " << folder;
  }
};

INSTANTIATE_TEST_SUITE_P(Classes, Dotmark,
                         testing::Values("CauchyDensity", "ClassicImages", "GRFmoderate", "Shapes", "WhiteNoise"));

TEST_P(Dotmark, ReproducesTheReferenceValuesOfAllPairs) {
  const std::vector<Pair> pairs = reference_pairs(GetParam());
  EXPECT_EQ(pairs.size(), 45u);
  for (const Pair& pair : pairs) {
    SCOPED_TRACE(pair.source + " to " + pair.target);
    const DiscreteMeasure source = read_measure("grid:" + folder + GetParam() + "_" + pair.source + ".csv");
    const DiscreteMeasure target = read_measure("grid:" + folder + GetParam() + "_" + pair.target + ".csv");
    SolveOptions options;
    options.order = 1;
    options.normalize = true;
    const Solution solution = solve(source, target, options);
    EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
    EXPECT_EQ(solution.certificate.mass_rounding, 0.0);  // Weights are integers of equal sum.
    const double expected = pair.value * median_cost(source, target);
    EXPECT_NEAR(solution.distance, expected, 1e-6 * expected);  // What the reference is good for.
  }
}

}  // namespace
}  // namespace brenier
