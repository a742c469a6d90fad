#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

class RealFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(data_)) GTEST_SKIP() << "the real data sets are not here: " << data_;
  }
  const std::string data_ = BRENIER_TEST_DATA;
};

TEST_F(RealFiles, MnistImagesArePoints) {
  const DiscreteMeasure measure = read_measure(data_ + "/t10k-images-idx3-ubyte.gz");
  EXPECT_EQ(measure.size(), 10000);
  EXPECT_EQ(measure.dimension(), 28 * 28);
  EXPECT_EQ(measure.points().minCoeff(), 0);
  EXPECT_EQ(measure.points().maxCoeff(), 1);
  // The first test image is a seven; its first inked pixel is in row 7, column 6.
  EXPECT_EQ(measure.points().row(0).head(7 * 28 + 6).sum(), 0);
  EXPECT_EQ(measure.points()(0, 7 * 28 + 6) * 255, 84);
  EXPECT_THROW(read_measure(data_ + "/t10k-labels-idx1-ubyte.gz"), FileError);
}

TEST_F(RealFiles, DotmarkImagesAreGrids) {
  const DiscreteMeasure measure = read_measure("grid:" + data_ + "/dotmark32/Shapes_1001.csv");
  EXPECT_EQ(measure.size(), 32 * 32);
  EXPECT_EQ(measure.total_mass(), 102400000) << "integers of this size add up exactly";
}

}  // namespace
}  // namespace brenier
