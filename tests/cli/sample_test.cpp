#include "brenier/io.hpp"
#include "brenier/sampling.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

class Sample : public CliTest {};

TEST_F(Sample, GivesTheSameBytesForTheSameSeed) {
  for (const std::string& kind : sample_kinds()) {
    const ProcessResult first = run_brenier({"sample", kind, "--n", "100", "--seed", "7"});
    const ProcessResult second = run_brenier({"sample", kind, "--n", "100", "--seed", "7"});
    const ProcessResult other = run_brenier({"sample", kind, "--n", "100", "--seed", "8"});
    EXPECT_EQ(first.exit_code, 0) << first.err;
    EXPECT_EQ(first.err, "");
    EXPECT_EQ(first.out, second.out) << kind;
    if (kind != "dirac") {
      EXPECT_NE(first.out, other.out) << kind;
    }
  }
}

TEST_F(Sample, WritesTheFileThatItPrints) {
  const ProcessResult printed = run_brenier({"sample", "ring", "--n", "30", "--seed", "3"});
  const ProcessResult written = run_brenier({"sample", "ring", "--n", "30", "--seed", "3", "--out", path("ring.csv")});
  EXPECT_EQ(read_text(path("ring.csv")), printed.out);
  EXPECT_EQ(written.out, path("ring.csv") + ": 30 points in 2 dimensions\n");
}

TEST_F(Sample, DrawsWhatItsOptionsAsk) {
  const ProcessResult result = run_brenier({"sample", "ring", "--n", "9", "--modes", "3", "--radius", "2", "--std", "0",
                                            "--stratified", "--out", path("ring.npy")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const DiscreteMeasure ring = read_measure(path("ring.npy"));
  ASSERT_EQ(ring.size(), 9);
  // Without spread every point sits on a mode: radius 2, and three points at angle 0.
  Index at_angle_zero = 0;
  for (Index i = 0; i < ring.size(); ++i) {
    EXPECT_NEAR(ring.points().row(i).norm(), 2.0, 1e-14);  // cos² + sin² = 1 within a few units of 2⁻⁵³
    if (std::abs(ring.points()(i, 1)) < 1e-12 && ring.points()(i, 0) > 0) ++at_angle_zero;
  }
  EXPECT_EQ(at_angle_zero, 3);
}

TEST_F(Sample, TakesTheDimension) {
  const ProcessResult result =
      run_brenier({"sample", "gaussian", "--n", "11", "--dim", "5", "--out", path("gaussian.npz")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const DiscreteMeasure cloud = read_measure(path("gaussian.npz"));
  EXPECT_EQ(cloud.size(), 11);
  EXPECT_EQ(cloud.dimension(), 5);
}

}  // namespace
}  // namespace brenier::test
