#include <zlib.h>

#include "io/arrays/gzip.hpp"
#include "io/formats.hpp"
#include "io/images/grid.hpp"
#include "sampling/random.hpp"
#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

using testing::entries;
using testing::rows;

/// Files cut short anywhere, and files with wrong bytes anywhere, must give a cloud or a FileError, nothing else: every
/// other exception fails the test, and under a sanitizer so does every wrong access.
class DamagedFiles : public testing::FileTest {
 protected:
  /// True when the bytes were read as a file of this name; from memory, for there are many of them.
  bool outcome(const std::string& name, const std::string& bytes) const {
    try {
      const io::Input input{name, io::is_gzip(bytes) ? io::unpack_gzip(name, bytes) : bytes};
      const auto read = name.find(".pgm") != std::string::npos ? io::read_grid : io::format_to_read(name).read;
      const DiscreteMeasure measure = io::checked_measure(name, read(input));
      EXPECT_TRUE(measure.points().allFinite());
      EXPECT_GT(measure.total_mass(), 0);
      return true;
    } catch (const FileError& error) {
      EXPECT_NE(std::string(error.what()).find(name), std::string::npos) << error.what();
      return false;
    }
  }

  void expect_survival(const std::string& name, const std::string& bytes) const {
    SCOPED_TRACE(name);
    ASSERT_TRUE(outcome(name, bytes)) << "the whole file is fine";
    for (std::size_t length = 0; length < bytes.size(); ++length) outcome(name, bytes.substr(0, length));

    sampling::Random random(7);
    for (int round = 0; round < 2000; ++round) {
      std::string damaged = bytes;
      for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips) {
        damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
      }
      outcome(name, damaged);
    }
  }

  /// As a file that the library writes.
  void expect_survival_of_written(const std::string& name, const DiscreteMeasure& measure) const {
    write_measure(path(name), measure);
    expect_survival(name, content(name));
  }
};

const DiscreteMeasure& weighted_cloud() {
  static const DiscreteMeasure cloud(rows({{0.5, -1, 2}, {1e10, 2.25, -1e-5}, {7, 8, 9}}), entries({1, 0, 2.5}));
  return cloud;
}

TEST_F(DamagedFiles, Csv) { expect_survival_of_written("a.csv", weighted_cloud()); }
TEST_F(DamagedFiles, Txt) { expect_survival_of_written("a.txt", weighted_cloud()); }
TEST_F(DamagedFiles, Npz) { expect_survival_of_written("a.npz", weighted_cloud()); }
TEST_F(DamagedFiles, Npy) { expect_survival_of_written("a.npy", DiscreteMeasure(weighted_cloud().points())); }
TEST_F(DamagedFiles, Xyz) { expect_survival_of_written("a.xyz", DiscreteMeasure(weighted_cloud().points())); }
TEST_F(DamagedFiles, Off) { expect_survival_of_written("a.off", DiscreteMeasure(weighted_cloud().points())); }
TEST_F(DamagedFiles, BinaryPly) { expect_survival_of_written("a.ply", weighted_cloud()); }

TEST_F(DamagedFiles, AsciiPly) {
  expect_survival("a.ply",
                  "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\n"
                  "property list uchar int l\nelement face 1\nproperty list uchar int i\nend_header\n"
                  "1 2 0\n3 4 1 5\n3 0 1 0\n");
}

TEST_F(DamagedFiles, Idx) {
  expect_survival("a.idx", std::string("\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x02"
                                       "abcdefgh",
                                       24));
}

TEST_F(DamagedFiles, Pgm) {
  expect_survival("text.pgm", "P2\n# c\n3 2\n255\n0 10 255\n7 8 9\n");
  expect_survival("binary.pgm", std::string("P5 2 2 65535\n\x01\x00\x02\x00\x03\x00\x04\x00", 21));
}

TEST_F(DamagedFiles, Gzip) {
  gzFile stream = gzopen(path("a.csv.gz").c_str(), "wb");
  for (int k = 0; k < 20; ++k) gzprintf(stream, "%d,%d\n", k, k * k);
  gzclose(stream);
  const std::string bytes = content("a.csv.gz");
  expect_survival("a.csv.gz", bytes);
  // From the header's end on, a cut is always noticed. (A first byte alone is not known as gzip.)
  for (std::size_t length = 2; length < bytes.size(); ++length)
    EXPECT_FALSE(outcome("a.csv.gz", bytes.substr(0, length)));
}

TEST_F(DamagedFiles, BinaryFilesCutShortAreAlwaysRefused) {
  for (const char* name : {"a.npz", "a.npy", "a.ply"}) {
    write_measure(path(name), DiscreteMeasure(weighted_cloud().points()));
    const std::string bytes = content(name);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
      EXPECT_FALSE(outcome(name, bytes.substr(0, length))) << name << " cut to " << length << " bytes";
    }
  }
}

}  // namespace
}  // namespace brenier
