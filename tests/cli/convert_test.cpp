#include "brenier/io.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

class Convert : public CliTest {};

TEST_F(Convert, KeepsEveryCoordinateThroughEveryFormat) {
  std::string before = cloud("0.csv", "ball", 50, 4);
  const DiscreteMeasure original = read_measure(before);
  for (const std::string name : {"1.npy", "2.npz", "3.tsv", "4.txt", "5.ply", "6.csv"}) {
    const ProcessResult result = run_brenier({"convert", before, path(name)});
    ASSERT_EQ(result.exit_code, 0) << name << ": " << result.err;
    EXPECT_EQ(result.out, path(name) + ": 50 points in 2 dimensions\n");
    EXPECT_EQ(read_measure(path(name)).points(), original.points()) << name;
    before = path(name);
  }
  EXPECT_EQ(read_text(path("6.csv")), read_text(path("0.csv")));
}

TEST_F(Convert, KeepsTheWeights) {
  const std::string weighted = file("weighted.csv", "x,y,weight\n0,1,0.25\n2,3,0.75\n");
  ASSERT_EQ(run_brenier({"convert", weighted, path("weighted.npz")}).exit_code, 0);
  const DiscreteMeasure cloud = read_measure(path("weighted.npz"));
  EXPECT_EQ(cloud.weights()(0), 0.25);
  EXPECT_EQ(cloud.weights()(1), 0.75);
}

TEST_F(Convert, RefusesAFormatThatWouldLoseTheWeights) {
  const std::string weighted = file("weighted.csv", "x,y,weight\n0,1,0.25\n2,3,0.75\n");
  const ProcessResult result = run_brenier({"convert", weighted, path("weighted.npy")});
  expect_one_line_error(result, 2, {"weighted.npy", "weight"});
  EXPECT_EQ(files(), std::vector<std::string>{"weighted.csv"});
}

TEST_F(Convert, ReadsStandardInputAndWritesStandardOutput) {
  ProcessOptions options;
  options.input = "1,2\n3,4\n";
  const ProcessResult result = run_brenier({"convert", "-", "-"}, options);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::string copy = file("copy.csv", result.out);
  EXPECT_EQ(read_measure(copy).points(), read_measure(file("input.csv", options.input)).points());
}

TEST_F(Convert, ReplacesAFileThatIsThere) {
  const std::string source = file("source.csv", "1,2\n");
  const std::string old = file("old.csv", "7,8\n9,10\n");
  EXPECT_EQ(run_brenier({"convert", source, old}).exit_code, 0);
  EXPECT_EQ(read_measure(old).points(), read_measure(source).points());
}

TEST_F(Convert, ReadsAGridAsWeightsOnPixelCentres) {
  file("grid.csv", "0,3\n1,0\n");
  const ProcessResult result = run_brenier({"convert", "grid:" + path("grid.csv"), path("pixels.csv")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const DiscreteMeasure pixels = read_measure(path("pixels.csv"));
  ASSERT_EQ(pixels.dimension(), 2);
  EXPECT_EQ(pixels.total_mass(), 4.0);
}

}  // namespace
}  // namespace brenier::test
