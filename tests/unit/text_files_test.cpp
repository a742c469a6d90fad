#include <zlib.h>

#include <clocale>
#include <locale>

#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

using testing::entries;
using testing::exact_integer;
using testing::rows;

class TextFiles : public testing::FileTest {
 protected:
  Points points_of(const std::string& name, const std::string& text) const {
    return read_measure(file(name, text)).points();
  }
};

TEST_F(TextFiles, ReadsEverySeparator) {
  const Points expected = rows({{1, -2.5}, {3e2, 4}});
  EXPECT_EQ(points_of("a.csv", "1,-2.5\n3e2,4\n"), expected);
  EXPECT_EQ(points_of("a.csv", "1;-2.5\n3e2;4\n"), expected);
  EXPECT_EQ(points_of("a.tsv", "1\t-2.5\n3e2\t4\n"), expected);
  EXPECT_EQ(points_of("a.txt", "  1   -2.5 \n3e2\t 4\n"), expected);
  EXPECT_EQ(points_of("a.CSV", "1, -2.5\n 3e2 ,+4"), expected);
}

TEST_F(TextFiles, GivesEachPointTheSameWeightWithoutAWeightColumn) {
  EXPECT_EQ(read_measure(file("a.csv", "1\n2\n3\n4\n")).weights(), entries({0.25, 0.25, 0.25, 0.25}));
}

TEST_F(TextFiles, PassesOverByteOrderMarkCommentsBlankLinesAndWindowsLineEnds) {
  EXPECT_EQ(points_of("a.csv", "\xef\xbb\xbf# a comment\r\n\r\nx,y\r\n1,2\r\n\r\n3,4 # another\r\n"),
            rows({{1, 2}, {3, 4}}));
}

TEST_F(TextFiles, TakesTheWeightColumnWhereverItStands) {
  for (const char* text : {"weight,x,y\n2,10,20\n0,30,40\n", "x,Weight,y\n10,2,20\n30,0,40\n",
                           "\"x\",\"y\",\"WEIGHT\"\n10,20,2\n30,40,0\n", "x y weights\n10 20 2\n30 40 0\n"}) {
    const DiscreteMeasure measure = read_measure(file("a.txt", text));
    EXPECT_EQ(measure.points(), rows({{10, 20}, {30, 40}})) << text;
    EXPECT_EQ(measure.weights(), entries({2, 0})) << text;
  }
}

TEST_F(TextFiles, ReadsGzipDataTransparently) {
  const std::string name = path("a.txt.gz");
  gzFile stream = gzopen(name.c_str(), "wb");
  gzputs(stream, "1 2\n3 4\n");
  gzclose(stream);
  EXPECT_EQ(read_measure(name).points(), rows({{1, 2}, {3, 4}}));

  const std::string packed = content("a.txt.gz");
  EXPECT_EQ(points_of("twice.csv.gz", packed + packed), rows({{1, 2}, {3, 4}, {1, 2}, {3, 4}}));
  EXPECT_EQ(error_of_reading("b.csv.gz", packed.substr(0, packed.size() - 3)),
            "b.csv.gz: found gzip data that end after 8 unpacked bytes, expected a complete gzip file");
  EXPECT_EQ(error_of_reading("c.csv.gz", packed + "xyz"),
            "c.csv.gz: found 3 bytes behind the gzip data, expected the end of the file");
  std::string damaged = packed;
  damaged[damaged.size() - 6] ^= 1;  // in the checksum
  EXPECT_EQ(error_of_reading("d.csv.gz", damaged),
            "d.csv.gz: found damaged gzip data (incorrect data check), expected a gzip file");
}

struct DecimalComma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST_F(TextFiles, DoNotDependOnTheLocale) {
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
  const char* const c_locale = std::setlocale(LC_NUMERIC, "de_DE.UTF-8");  // null where it is not installed
  write_measure(path("a.csv"), DiscreteMeasure(rows({{1234.5, 2.25}})));
  const Points back = read_measure(path("a.csv")).points();
  if (c_locale != nullptr) std::setlocale(LC_NUMERIC, "C");
  std::locale::global(before);
  EXPECT_EQ(content("a.csv"), "1234.5,2.25\n");
  EXPECT_EQ(back, rows({{1234.5, 2.25}}));
}

TEST_F(TextFiles, RefuseWhatIsNotAFiniteNumber) {
  const auto message = [](const std::string& field) {
    return "a.csv: line 2, column 2: found " + field + ", expected a finite number";
  };
  for (const char* field : {"abc", "nan", "NaN", "inf", "-inf", "infinity", "1e999", "-1e999", "0x10", "1.2.3", "1 2",
                            "--1", "+-1", "1e", "0,5x", "1_000", "٣"}) {
    const std::string text = std::string("1;2\n3;") + field + "\n";
    EXPECT_EQ(error_of_reading("a.csv", text), message("'" + std::string(field) + "'"));
  }
  EXPECT_EQ(error_of_reading("a.csv", "1,2\n3,\n"), message("an empty field"));
  EXPECT_EQ(error_of_reading("a.csv", "1,2\n3,\x01z\n"), message("'?z'"));
}

TEST_F(TextFiles, RefuseIntegersThatADoubleDoesNotHold) {
  for (const char* field :
       {"9007199254740993", "-9007199254740993", "+9007199254740993", "0009007199254740993", "9007199254740993.",
        "9007199254740993.0", "9007199254740993.000", "1531830678123456789", "18014398509481986", "9223372036854775807",
        "-9223372036854775809", "18446744073709551615", "100000000000000000000000000000000000001"}) {
    EXPECT_EQ(error_of_reading("a.csv", std::string("1;2\n3;") + field + "\n"),
              "a.csv: line 2, column 2: found '" + std::string(field) + "', expected " + exact_integer);
  }
  const std::string times = "t\n1531830678123456768\n1531830678123456789\n";
  for (const char* name : {"a.csv", "a.tsv", "a.txt"}) {
    EXPECT_EQ(error_of_reading(name, times),
              std::string(name) + ": line 3, column 1: found '1531830678123456789', " + "expected " + exact_integer);
  }
  EXPECT_EQ(error_of_reading("a.csv", "x,weight\n0,1\n1,9007199254740993\n"),
            "a.csv: line 3, column 2: found '9007199254740993', expected " + exact_integer);
}

TEST_F(TextFiles, TakeLargeIntegersThatADoubleHolds) {
  EXPECT_EQ(points_of("a.csv",
                      "9007199254740991,9007199254740992,9007199254740994\n"
                      "-9007199254740994,18014398509481988,1531830678123456768.00\n"
                      "9223372036854775808,-9223372036854775808,18446744073709549568\n"
                      "100000000000000000000,+0009007199254740994.,-0\n"),
            rows({{0x1p53 - 1, 0x1p53, 0x1p53 + 2},
                  {-0x1p53 - 2, 0x1p54 + 4, 1531830678123456768.0},
                  {0x1p63, -0x1p63, 0x1p64 - 2048},
                  {1e20, 0x1p53 + 2, 0}}));
}

TEST_F(TextFiles, RoundDecimalFractionsAndExponentsToTheNearestDouble) {
  EXPECT_EQ(points_of("a.csv",
                      "1531830678123456789.5,1531830678.123456789,9007199254740993.0001\n"
                      "1531830678123456789e0,9007199254740993.0E0,0.1\n"),
            rows({{1531830678123456789.5, 1531830678.123456789, 9007199254740993.0001},
                  {1531830678123456789e0, 9007199254740993.0, 0.1}}));
}

TEST_F(TextFiles, ReadBackLargeIntegersThatTheyWrite) {
  const DiscreteMeasure measure(
      rows({{0x1p53 + 2, -0x1p53 - 2}, {1531830678123456768.0, 0x1p63}, {1e22, 1e23}, {0x1p70, -0x1.23456789abcdfp69}}),
      entries({0x1p53 + 2, 1, 1e20, 0}));
  for (const char* name : {"a.csv", "a.tsv", "a.txt"}) {
    write_measure(path(name), measure);
    EXPECT_EQ(read_measure(path(name)).points(), measure.points()) << name;
    EXPECT_EQ(read_measure(path(name)).weights(), measure.weights()) << name;
  }
}

TEST_F(TextFiles, RefuseBadNumbersInTheFirstLineRatherThanTakeThemForAHeader) {
  EXPECT_EQ(error_of_reading("a.csv", "nan,nan\n1,2\n"),
            "a.csv: line 1, column 1: found 'nan', expected a finite number");
  EXPECT_EQ(error_of_reading("a.csv", "x,0.5\n1,2\n"), "a.csv: line 1, column 1: found 'x', expected a finite number");
  EXPECT_EQ(error_of_reading("a.csv", "0x1,0x2\n1,2\n"),
            "a.csv: line 1, column 1: found '0x1', expected a finite number");
  EXPECT_EQ(error_of_reading("a.csv", ",x,y\n0,1,2\n"),
            "a.csv: line 1, column 1: found an empty field, expected a finite number");
}

TEST_F(TextFiles, RefuseRaggedLines) {
  EXPECT_EQ(error_of_reading("a.csv", "# c\n1,2\n\n3,4,5\n"), "a.csv: line 4: found 3 fields, expected 2 as in line 2");
  EXPECT_EQ(error_of_reading("a.csv", "x,y\n1\n"), "a.csv: line 2: found 1 field, expected 2 as in line 1");
}

TEST_F(TextFiles, RefuseFilesWithoutPoints) {
  EXPECT_EQ(error_of_reading("a.csv", ""), "a.csv: found an empty file, expected at least one point");
  EXPECT_EQ(error_of_reading("a.csv", "# nothing\n\n"), "a.csv: found no data, expected at least one line of numbers");
  EXPECT_EQ(error_of_reading("a.csv", "x,y\n"),
            "a.csv: found a header and no data, expected at least one line of numbers");
  EXPECT_EQ(error_of_reading("a.csv", "weight\n1\n"),
            "a.csv: found no coordinates, expected at least one column of them");
}

TEST_F(TextFiles, RefuseBadWeights) {
  EXPECT_EQ(error_of_reading("a.csv", "x,weight\n1,1\n2,-0.25\n"),
            "a.csv: line 3, column 2: found weight -0.25, expected a finite number that is not negative");
  EXPECT_EQ(error_of_reading("a.csv", "x,weight\n1,0\n2,0\n"),
            "a.csv: weights: found only zeros, expected at least one that is positive");
  EXPECT_EQ(error_of_reading("a.csv", "x,weight\n1,inf\n"),
            "a.csv: line 2, column 2: found 'inf', expected a finite number");
  EXPECT_EQ(error_of_reading("a.csv", "weight,weight,x\n1,0,2\n"),
            "a.csv: header: found two columns named 'weight', expected one");
  EXPECT_EQ(error_of_reading("a.csv", "weight,weights,x\n1,0,2\n"),
            "a.csv: header: found columns 'weight' and 'weights', expected one of them");
  EXPECT_EQ(error_of_reading("a.csv", "x,weight\n1,1e308\n2,1e308\n").rfind("a.csv: ", 0), 0U);
}

TEST_F(TextFiles, RoundTinyNumbersToZeroAndKeepSubnormals) {
  const DiscreteMeasure measure = read_measure(file("a.csv", "x,weight\n1e-999,1\n5e-324,1e-300\n"));
  EXPECT_EQ(measure.points(), rows({{0}, {5e-324}}));
  EXPECT_EQ(measure.weights(), entries({1, 1e-300}));
}

TEST_F(TextFiles, RefuseMissingFilesFoldersAndUnknownExtensions) {
  const auto reading = [&](const std::string& name) { return error_of([&] { read_measure(path(name)); }); };
  EXPECT_EQ(reading("missing.csv"), "missing.csv: cannot be read: No such file or directory");
  std::filesystem::create_directory(path("folder.csv"));
  EXPECT_EQ(reading("folder.csv"), "folder.csv: found a folder, expected a file");
  EXPECT_EQ(
      error_of_reading("a.xls", "1"),
      "a.xls: found extension '.xls', expected .csv, .tsv, .txt, .npy, .npz, .idx, -ubyte, .xyz, .off, .ply (each "
      "also with .gz), or grid:FILE");
  EXPECT_EQ(error_of_reading("points", "1").substr(0, 48), "points: found a name without extension, expected");
}

TEST_F(TextFiles, ReadTheFirstThreeColumnsOfXyz) {
  EXPECT_EQ(points_of("a.xyz", "1 2 3 0 0 1\n4 5 6 0 1 0\n"), rows({{1, 2, 3}, {4, 5, 6}}));
  EXPECT_EQ(points_of("a.xyz", "1 2 3 1531830678123456789\n"), rows({{1, 2, 3}})) << "nobody asks for the time";
  EXPECT_EQ(error_of_reading("a.xyz", "1 2 1531830678123456789 4\n"),
            "a.xyz: line 1, column 3: found '1531830678123456789', expected " + exact_integer);
  EXPECT_EQ(error_of_reading("a.xyz", "1 2\n"), "a.xyz: line 1: found 2 columns, expected at least 3 (x, y, z)");
}

TEST_F(TextFiles, WrittenCloudsReadBackExactly) {
  const DiscreteMeasure weighted(rows({{0.1, 1.0 / 3, -0.0}, {1e-300, -1.7976931348623157e308, 5e-324}}),
                                 entries({2.0 / 3, 1e-300}));
  const DiscreteMeasure uniform(weighted.points());
  for (const char* name : {"a.csv", "a.tsv", "a.txt"}) {
    for (const DiscreteMeasure& measure : {weighted, uniform}) {
      write_measure(path(name), measure);
      const DiscreteMeasure back = read_measure(path(name));
      EXPECT_EQ(back.points(), measure.points()) << name;
      EXPECT_EQ(back.weights(), measure.weights()) << name;
    }
  }
  write_measure(path("a.xyz"), uniform);
  EXPECT_EQ(read_measure(path("a.xyz")).points(), uniform.points());
  write_measure(path("a.csv"), weighted);
  EXPECT_EQ(content("a.csv").substr(0, 28), "x1,x2,x3,weight\n0.1,0.333333");
}

TEST_F(TextFiles, XyzRefusesWeightsAndOtherDimensions) {
  const DiscreteMeasure weighted(rows({{1, 2, 3}, {4, 5, 6}}), entries({1, 2}));
  EXPECT_EQ(
      error_of([&] { write_measure(path("a.xyz"), weighted); }),
      "a.xyz: weights: found weights that are not 1/n each, expected a format that can hold them: .csv, .tsv, .txt, "
      ".npz or .ply");
  EXPECT_EQ(error_of([&] {
              write_measure(path("a.xyz"), DiscreteMeasure(rows({{1, 2}})));
            }),
            "a.xyz: found points of dimension 2, expected 3 for .xyz");
  EXPECT_TRUE(names().empty());
}

}  // namespace
}  // namespace brenier
