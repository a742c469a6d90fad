#include <gtest/gtest.h>

#include "brenier/io.hpp"
#include "file_fixture.hpp"
#include "io/arrays/npz.hpp"

namespace brenier::testing {
namespace {

class MomentsFile : public FileTest {
 protected:
  std::string archive(const std::vector<io::NamedBytes>& arrays) const {
    return file("moments.npz", io::npz_bytes("moments.npz", arrays));
  }

  std::string error_of_moments(const std::vector<io::NamedBytes>& arrays) const {
    const std::string name = archive(arrays);
    return error_of([&] { read_moments(name, Covariance::unbiased); });
  }
};

TEST_F(MomentsFile, IsAnArchiveOfMuAndSigma) {
  const Points sigma = rows({{2.0, 0.5}, {0.5, 1.0}});
  const std::string name = archive({{"mu", io::npy_bytes(entries({3.0, -1.0}))}, {"sigma", io::npy_bytes(sigma)}});
  const GaussianMoments moments = read_moments(name, Covariance::unbiased);
  EXPECT_EQ(moments.mean(), entries({3.0, -1.0}));
  // Squares of roots of eigenvalues up to 2.
  EXPECT_LT((moments.covariance() - sigma).cwiseAbs().maxCoeff(), 1e-14);
}

TEST_F(MomentsFile, IsElseACloudWhoseMomentsAreTaken) {
  const Points points = rows({{0.0, 0.0}, {2.0, 0.0}});
  for (const char* name : {"cloud.csv", "cloud.npz"}) {
    write_measure(path(name), DiscreteMeasure(points));
    EXPECT_NEAR(read_moments(path(name), Covariance::unbiased).variance(), 2.0, 1e-15);
    EXPECT_NEAR(read_moments(path(name), Covariance::population).variance(), 1.0, 1e-15);
  }
}

TEST_F(MomentsFile, NamesWhatIsWrong) {
  const io::NamedBytes mean = {"mu", io::npy_bytes(entries({0.0, 0.0}))};
  EXPECT_EQ(error_of_moments({mean}), "moments.npz: found 'mu.npy', expected 'sigma.npy'");
  EXPECT_EQ(error_of_moments({mean, {"sigma", io::npy_bytes(rows({{1.0}}))}}),
            "moments.npz: arrays mu and sigma: covariance: is 1 x 1, expected 2 x 2 for a mean of 2 entries");
  EXPECT_EQ(error_of_moments({mean, {"sigma", io::npy_bytes(rows({{1.0, 0.0}, {1.0, 1.0}}))}}),
            "moments.npz: arrays mu and sigma: covariance: row 1, column 0 is 1, but row 0, column 1 is 0; expected a "
            "symmetric matrix");
}

}  // namespace
}  // namespace brenier::testing
