#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

struct BadFile {
  std::string name;
  std::string content;
  std::vector<std::string> expected;  ///< What the message must name beside the file.
};

/// An NPY file with the given dictionary and data.
std::string npy(std::string header, const std::string& data) {
  header.resize(117, ' ');
  header += '\n';  // 10 bytes of magic, version and length + 118 = 128, a multiple of 64 as the format asks.
  return std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header + data;
}

/// Two points in two dimensions, with the given coordinates as raw little-endian doubles.
std::string npy(const std::string& coordinates) {
  return npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", coordinates);
}

/// The points 0 and `integer`, eight little-endian bytes, on a line.
std::string int64_npy(const char* integer) {
  return npy("{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }",
             std::string(8, '\0') + std::string(integer, 8));
}

class BadInput : public CliTest, public ::testing::WithParamInterface<BadFile> {};

TEST_P(BadInput, IsRefusedWithOneLineAndNothingIsWritten) {
  const std::string good = file("good.csv", "0,0\n1,1\n");
  const std::string bad = file(GetParam().name, GetParam().content);
  const std::vector<std::string> before = files();
  std::vector<std::string> expected = GetParam().expected;
  expected.push_back(GetParam().name);

  for (const auto& [source, target] : {std::pair(good, bad), std::pair(bad, good)}) {
    const ProcessResult result = run_brenier({"solve", source, target, "--plan", path("plan.csv"), "--potentials",
                                              path("potentials.csv"), "--json", path("result.json")});
    expect_one_line_error(result, 2, expected);
  }
  expect_one_line_error(run_brenier({"convert", bad, path("out.csv")}), 2, expected);
  EXPECT_EQ(files(), before);
}

const BadFile bad_files[] = {
    {"empty.csv", "", {}},
    {"header.csv", "x,y\n", {}},
    {"ragged.csv", "0,0\n1,1\n2\n", {"3"}},
    {"long.csv", "0,0\n1,1,7\n", {"2"}},
    {"word.csv", "0,0\n1,abc\n", {"2", "abc"}},
    {"hole.csv", "0,0\n1,\n", {"2"}},
    {"nan.csv", "0,0\n1,nan\n", {"2", "nan"}},
    {"inf.csv", "0,0\ninf,1\n", {"2", "inf"}},
    {"minus_inf.csv", "0,0\n-inf,1\n", {"2", "-inf"}},
    {"integer.csv", "0,0\n9007199254740993,1\n", {"line 2, column 1", "'9007199254740993'", "2^53", "offset"}},
    {"integer.npy", int64_npy("\x01\x00\x00\x00\x00\x00\x20\x00"), {"array[1]", "9007199254740993", "2^53"}},
    {"overflow.csv", "0,0\n1e999,1\n", {"2", "1e999"}},
    {"negative.csv", "x,y,weight\n0,0,0.5\n1,1,-0.5\n", {"-0.5", "weight"}},
    {"weight_nan.csv", "x,y,weight\n0,0,nan\n1,1,1\n", {"2", "nan"}},
    {"massless.csv", "x,y,weight\n0,0,0\n1,1,0\n", {"weight"}},
    {"only_weights.csv", "weight\n1\n1\n", {}},
    {"truncated.npy", npy("0123456789"), {}},
    {"text.npy", "0,0\n1,1\n", {}},
    {"nan.npy", npy(std::string(24, '\0') + std::string("\0\0\0\0\0\0\xf8\x7f", 8)), {"nan"}},
    {"not.npz", "0,0\n1,1\n", {}},
    {"short.xyz", "0 0\n1 1\n", {}},
    {"short.off", "OFF\n2 0 0\n0 0 0\n", {}},
    {"not.ply", "plywood\n", {}},
    {"cut.ply", "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nend_header\n0 0\n", {}},
    {"images.idx", std::string("\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x02\x01\x02", 18), {}},
    {"images.idx.gz", "not compressed", {}},
    {"unknown.xlsx", "0,0\n", {".csv"}},
};

INSTANTIATE_TEST_SUITE_P(File, BadInput, ::testing::ValuesIn(bad_files));

class SolveInput : public CliTest {};

TEST_F(SolveInput, ThatIsMissingIsNamed) {
  const std::string good = file("good.csv", "0,0\n");
  expect_one_line_error(run_brenier({"solve", good, path("absent.csv")}), 2, {"absent.csv"});
  expect_one_line_error(run_brenier({"solve", path("absent.npy"), good}), 2, {"absent.npy"});
}

TEST_F(SolveInput, ThatIsAFolderIsNamed) {
  const std::string good = file("good.csv", "0,0\n");
  expect_one_line_error(run_brenier({"solve", good, path(".")}), 2, {path(".")});
}

TEST_F(SolveInput, OnStandardInputIsCheckedLikeAFile) {
  const std::string good = file("good.csv", "0,0\n");
  ProcessOptions options;
  options.input = "0,0\n1,abc\n";
  expect_one_line_error(run_brenier({"solve", good, "-"}, options), 2, {"standard input", "2", "abc"});
}

TEST_F(SolveInput, OfTwoDimensionsIsRefusedNamingBothFiles) {
  const std::string plane = file("plane.csv", "0,0\n");
  const std::string space = file("space.csv", "0,0,0\n");
  expect_one_line_error(run_brenier({"solve", plane, space}), 2,
                        {"plane.csv", "2 dimensions", "space.csv", "3 dimensions"});
}

TEST_F(SolveInput, OfDifferentMassIsRefusedUnlessNormalized) {
  const std::string light = file("light.csv", "x,weight\n0,1\n1,1\n");
  const std::string heavy = file("heavy.csv", "x,weight\n0,3\n1,1\n");
  expect_one_line_error(run_brenier({"solve", light, heavy}), 2, {"light.csv", "2", "heavy.csv", "4", "--normalize"});
  // A quarter of the mass moves from 1 to 0: W2² = 1/4.
  const ProcessResult result = run_brenier({"solve", light, heavy, "--normalize", "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("0.5\n"), std::string::npos) << result.out;
}

TEST_F(SolveInput, TooLargeForTheEngineIsRefusedWithItsMemory) {
  const std::string source = cloud("source.npy", "uniform", 400000, 1);
  const std::string target = cloud("target.npy", "uniform", 400000, 2);
  const ProcessResult result = run_brenier({"solve", source, target, "--engine", "lemon", "--quiet"});
  expect_one_line_error(result, 2, {"lemon", "400000", "MiB"});
}

TEST_F(SolveInput, OfTwoDimensionsIsRefusedByTheLineEngine) {
  const std::string plane = file("plane.csv", "0,0\n1,1\n");
  expect_one_line_error(run_brenier({"solve", plane, plane, "--engine", "line", "--quiet"}), 2, {"line", "2"});
}

/// Clouds that are good each, and that a computation refuses nevertheless.
class RefusedClouds : public CliTest {
 protected:
  const std::string far_ = file("far.csv", "1e200,0\n-1e200,1\n");
  const std::string near_ = file("near.csv", "0,0\n1,1\n");
  const std::string single_ = file("single.csv", "0,0\n");

  /// "FOLDER/far.csv, FOLDER/near.csv: points"
  static std::string named(const std::string& first, const std::string& second, const std::string& what) {
    return "brenier: " + first + ", " + second + ": " + what;
  }
};

TEST_F(RefusedClouds, AreNamedByWhoeverSolves) {
  const std::string plan = file("plan.csv", "source,target,mass\n0,0,0.5\n1,1,0.5\n");
  const std::string potentials = file("u.csv", "side,index,value\nsource,0,0\nsource,1,0\ntarget,0,0\ntarget,1,0\n");
  const std::string out = path("out");
  const std::vector<std::string> before = files();
  const auto expect_names = [&](std::vector<std::string> words, const std::string& first, const std::string& second) {
    words.push_back("--quiet");
    const ProcessResult result = run_brenier(words);
    expect_one_line_error(result, 2, {named(first, second, "points: ")});
  };
  expect_names({"solve", far_, near_}, far_, near_);
  expect_names({"solve", near_, far_, "--order", "1"}, near_, far_);
  expect_names({"flow", far_, near_, "--step", "0.1", "--steps", "2", "--out", out}, far_, near_);
  expect_names({"geodesic", far_, near_, "--s", "0.5", "--out", out}, far_, near_);
  expect_names({"potential-quality", far_, near_, "--potentials", potentials}, far_, near_);
  expect_names({"map-quality", far_, near_, "--mapped", near_}, far_, near_);
  expect_names({"map-quality", near_, near_, "--true", near_, "--mapped", far_}, near_, far_);
  expect_one_line_error(run_brenier({"certify", far_, near_, "--plan", plan, "--potentials", potentials}), 2,
                        {named(far_, near_, "points: ")});
  EXPECT_EQ(files(), before);
}

TEST_F(RefusedClouds, AreNamedOnceWhereOneFileIsBoth) {
  expect_one_line_error(run_brenier({"solve", far_, far_, "--quiet"}), 2, {"brenier: " + far_ + ": points: "});
}

TEST_F(RefusedClouds, AreNamedByFrechet) {
  expect_one_line_error(run_brenier({"frechet", far_, near_}), 2, {named(far_, near_, "moments: ")});
  expect_one_line_error(run_brenier({"frechet", near_, far_}), 2, {named(near_, far_, "moments: ")});
}

TEST_F(RefusedClouds, OnStandardInputAreNamedSo) {
  ProcessOptions options;
  options.input = "1e200,0\n-1e200,1\n";
  expect_one_line_error(run_brenier({"solve", near_, "-", "--quiet"}, options), 2,
                        {named(near_, "standard input", "points: ")});
}

TEST_F(RefusedClouds, AreNamedByPairwise) {
  expect_one_line_error(run_brenier({"pairwise", far_, near_, "--quiet"}), 2, {named(far_, near_, "points: ")});
}

TEST_F(RefusedClouds, AreNamedInTheRowsOfMetrics) {
  for (const auto& [target, run] : {std::pair(far_, near_), std::pair(near_, far_)}) {
    const ProcessResult result = run_brenier({"metrics", target, run, "--quiet"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_NE(result.out.find("\"" + run + ", " + target + ": points: "), std::string::npos) << result.out;
  }
  expect_one_line_error(run_brenier({"metrics", far_, near_, "--floor", "1", "--quiet"}), 2,
                        {"brenier: " + far_ + ": points: "});
}

TEST_F(RefusedClouds, OfOnePointAreNamedWhereACovarianceIsWanted) {
  const std::string expected = "brenier: " + single_ + ": covariance: only one point";
  expect_one_line_error(run_brenier({"frechet", single_, near_}), 2, {expected});
  expect_one_line_error(run_brenier({"frechet", near_, single_}), 2, {expected});
  expect_one_line_error(run_brenier({"metrics", single_, near_, "--frechet", "--quiet"}), 2, {expected});
  const ProcessResult rows = run_brenier({"metrics", near_, single_, "--frechet", "--quiet"});
  EXPECT_NE(rows.out.find("\"" + single_ + ", " + near_ + ": covariance: only one point"), std::string::npos)
      << rows.out;
}

TEST_F(RefusedClouds, OfOnePointAreNamedWhereSpreadOrNeighboursAreWanted) {
  expect_one_line_error(run_brenier({"one-nn", near_, single_}), 2, {named(near_, single_, "1-NN: ")});
  expect_one_line_error(run_brenier({"map-quality", near_, single_, "--mapped", near_, "--true", near_, "--quiet"}), 2,
                        {"brenier: " + single_ + ": target: its variance is 0"});
}

class SolveOutput : public CliTest {};

TEST_F(SolveOutput, IsCheckedBeforeTheInputIsRead) {
  const std::string absent = path("absent.csv");
  std::filesystem::create_directory(path("folder.csv"));
  file("flat.csv", "0,0\n");
  for (const std::string option : {"--plan", "--potentials", "--json"}) {
    for (const std::string name : {"nowhere/out.csv", "folder.csv", "flat.csv/out.csv"}) {
      const ProcessResult result = run_brenier({"solve", absent, absent, option, path(name)});
      expect_one_line_error(result, 2, {path(name)});
    }
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"flat.csv", "folder.csv"}));
}

TEST_F(SolveOutput, IsNotWrittenOverAnInputThatALinkLeadsTo) {
  const std::string source = file("source.csv", "0,0\n");
  std::filesystem::create_symlink(source, path("link.csv"));
  const ProcessResult result = run_brenier({"solve", source, source, "--plan", path("link.csv")});
  expect_one_line_error(result, 2, {"--plan", "overwrite the input"});
  EXPECT_EQ(read_text(source), "0,0\n");
}

}  // namespace
}  // namespace brenier::test
