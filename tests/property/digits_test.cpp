#include "digits.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "brenier/solve.hpp"
#include "support/reference_assignment.hpp"

namespace brenier {
namespace {

const std::string mnist_file = std::string(BRENIER_TEST_DATA) + "/t10k-images-idx3-ubyte.gz";
const std::string usps_file = std::string(BRENIER_TEST_DATA) + "/zip.test.gz";
constexpr Index images = 500;

TEST(Digits, MnistAgainstUspsIsProvenAndAgreesWithAnotherSolver) {
  if (!std::filesystem::exists(mnist_file) || !std::filesystem::exists(usps_file)) {
    GTEST_SKIP() << "the digits are not here: " << mnist_file << ", " << usps_file;
  }
  const DiscreteMeasure mnist(Points(validation::read_mnist(mnist_file).images.topRows(images)));
  const DiscreteMeasure usps(Points(validation::read_usps(usps_file).images.topRows(images)));
  for (const int order : {1, 2}) {
    SolveOptions options;
    options.order = order;
    const Solution solution = solve(mnist, usps, options);
    EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
    EXPECT_LE(std::abs(solution.certificate.relative_gap), 1e-13);
    const double reference = test::reference_assignment(order, mnist.points(), usps.points());
    EXPECT_NEAR(solution.certificate.primal, reference, 1e-12 * reference);
  }
}

}  // namespace
}  // namespace brenier
