#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <sstream>

#include "brenier/io.hpp"
#include "brenier/solve.hpp"
#include "support/reference_assignment.hpp"

namespace brenier {
namespace {

const std::string mnist_file = std::string(BRENIER_TEST_DATA) + "/t10k-images-idx3-ubyte.gz";
const std::string usps_file = std::string(BRENIER_TEST_DATA) + "/zip.test.gz";
constexpr Index side = 16;
constexpr Index images = 500;

/// The first images of the USPS test set, 16×16, gray values from −1 … 1 moved to 0 … 1. A line is the digit, then its
/// pixels.
Points read_usps() {
  Points points(images, side * side);
  gzFile file = gzopen(usps_file.c_str(), "rb");
  std::vector<char> line(16384);
  for (Index i = 0; i < images && gzgets(file, line.data(), static_cast<int>(line.size())) != nullptr; ++i) {
    std::istringstream numbers(line.data());
    double digit = 0.0;
    numbers >> digit;
    for (Index k = 0; k < side * side; ++k) numbers >> points(i, k);
  }
  gzclose(file);
  return 0.5 * (points.array() + 1.0);
}

/// The first MNIST test images, 28×28, brought to 16×16 by taking pixel ⌊(28/16)·(k + ½)⌋.
Points read_mnist() {
  const Points full = read_measure(mnist_file).points();
  Points points(images, side * side);
  for (Index i = 0; i < images; ++i) {
    for (Index k = 0; k < side * side; ++k) {
      const Index row = (2 * (k / side) + 1) * 28 / (2 * side);
      const Index column = (2 * (k % side) + 1) * 28 / (2 * side);
      points(i, k) = full(i, row * 28 + column);
    }
  }
  return points;
}

TEST(Digits, MnistAgainstUspsIsProvenAndAgreesWithAnotherSolver) {
  if (!std::filesystem::exists(mnist_file) || !std::filesystem::exists(usps_file)) {
    GTEST_SKIP() << "the digits are not here: " << mnist_file << ", " << usps_file;
  }
  const DiscreteMeasure mnist(read_mnist());
  const DiscreteMeasure usps(read_usps());
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
