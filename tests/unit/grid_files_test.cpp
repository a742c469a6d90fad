#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

using testing::entries;
using testing::exact_integer;
using testing::rows;

class GridFiles : public testing::FileTest {
 protected:
  DiscreteMeasure grid(const std::string& name, const std::string& bytes) const {
    return read_measure("grid:" + file(name, bytes));
  }
  std::string error_of_grid(const std::string& name, const std::string& bytes) const {
    file(name, bytes);
    return error_of([&] { read_measure("grid:" + path(name)); });
  }
};

TEST_F(GridFiles, PutsTextWeightsOnPixelCentres) {
  const DiscreteMeasure measure = grid("a.csv", "1,0,3\n4,5,6\n");
  EXPECT_EQ(measure.points(), rows({{0.5, 0.5}, {1.5, 0.5}, {2.5, 0.5}, {0.5, 1.5}, {1.5, 1.5}, {2.5, 1.5}}));
  EXPECT_EQ(measure.weights(), entries({1, 0, 3, 4, 5, 6}));
}

TEST_F(GridFiles, ReadsPgmOfEveryKind) {
  const Vector expected = entries({0, 10, 255, 7, 8, 9});
  EXPECT_EQ(grid("a.pgm", "P2\n# c\n3 2 # d\n255\n0 10 255\n7 8 9\n").weights(), expected);
  EXPECT_EQ(grid("a.pgm", std::string("P5 3 2\n255\n\x00\x0a\xff\x07\x08\x09", 17)).weights(), expected);
  EXPECT_EQ(grid("a.pgm", std::string("P5 2 1 65535\n\x01\x00\xff\xff", 17)).weights(), entries({256, 65535}));
  EXPECT_EQ(grid("a.pgm", "P2 2 1 65535 256 65535").weights(), entries({256, 65535}));
  EXPECT_EQ(grid("a.pgm", "P2 1 2 9 1 2").points(), rows({{0.5, 0.5}, {0.5, 1.5}}));
}

TEST_F(GridFiles, RefuseBadWeights) {
  EXPECT_EQ(error_of_grid("a.csv", "1,2\n3,-4\n"),
            "a.csv: line 2, column 2: found weight -4, expected a finite number that is not negative");
  EXPECT_EQ(error_of_grid("a.csv", "1,2\n3,nan\n"), "a.csv: line 2, column 2: found 'nan', expected a finite number");
  EXPECT_EQ(error_of_grid("a.csv", "0,0\n0,0\n"),
            "a.csv: weights: found only zeros, expected at least one that is positive");
  EXPECT_EQ(error_of_grid("a.csv", "x,y\n0,1\n"),
            "a.csv: header: found 'x', expected numbers, the first row of the grid");
  EXPECT_EQ(error_of_grid("a.csv", "1,2\n3\n"), "a.csv: line 2: found 1 field, expected 2 as in line 1");
}

TEST_F(GridFiles, RefuseIntegersThatADoubleDoesNotHold) {
  EXPECT_EQ(error_of_grid("a.csv", "1,2\n3,9007199254740993\n"),
            "a.csv: line 2, column 2: found '9007199254740993', expected " + exact_integer);
  EXPECT_EQ(grid("a.csv", "1,9007199254740994\n").weights(), entries({1, 0x1p53 + 2}));
}

TEST_F(GridFiles, RefuseDamagedPgm) {
  EXPECT_EQ(error_of_grid("a.pgm", "P6 1 1 255\n123"), "a.pgm: header: found 'P6', expected P2 or P5 (PGM)");
  EXPECT_EQ(error_of_grid("a.pgm", "P5 0 1 255\n"),
            "a.pgm: header, width: found '0', expected an integer from 1 to 2147483648");
  EXPECT_EQ(error_of_grid("a.pgm", "P5 1 1 65536\n12"),
            "a.pgm: header, maximum: found '65536', expected an integer from 1 to 65535");
  EXPECT_EQ(error_of_grid("a.pgm", "P5 2 2 255\n123"), "a.pgm: pixels: found 3 bytes, expected 4");
  EXPECT_EQ(error_of_grid("a.pgm", "P5 2 2 255\n12345"), "a.pgm: pixels: found 5 bytes, expected 4");
  EXPECT_EQ(error_of_grid("a.pgm", "P2 2147483648 2147483648 255\n1 2"),
            "a.pgm: pixels: found 3 bytes, expected at least 9223372036854775807");
  EXPECT_EQ(error_of_grid("a.pgm", "P2 2 2 99\n11 22 33"),
            "a.pgm: pixel in row 2, column 2: found the end of the file, expected an integer from 0 to 99");
  EXPECT_EQ(error_of_grid("a.pgm", "P2 2 1 9\n1 10"),
            "a.pgm: pixel in row 1, column 2: found '10', expected an integer from 0 to 9");
  EXPECT_EQ(error_of_grid("a.pgm", "P5 2 1 9\n\x01\x0b"),
            "a.pgm: pixel in row 1, column 2: found 11, expected at most the maximum 9");
  EXPECT_EQ(error_of_grid("a.pgm", "P2 1 1 9\n1 2"),
            "a.pgm: pixels: found '2' behind the last pixel, expected the end of the file");
}

TEST_F(GridFiles, TellHowToReadAPictureAndAreNotWritten) {
  file("a.pgm", "P2 1 1 9\n1");
  EXPECT_EQ(error_of([&] { read_measure(path("a.pgm")); }),
            "a.pgm: found a picture, expected grid:a.pgm to read its pixels as weights");
  EXPECT_EQ(error_of([&] {
              write_measure("grid:a.csv", DiscreteMeasure(rows({{1, 2}})));
            }),
            "grid:a.csv: found a grid, which is only read, expected .csv, .tsv, .txt, .npy, .npz, .xyz, .off, .ply");
}

}  // namespace
}  // namespace brenier
