#include <sstream>

#include "brenier/io.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

/// The fields of a table without quoted ones.
std::vector<std::vector<std::string>> fields(const std::string& csv) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    rows.emplace_back();
    std::istringstream row(line);
    for (std::string field; std::getline(row, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

class Pairwise : public CliTest {
 protected:
  /// The distance that `brenier solve` prints.
  std::string solved(const std::string& source, const std::string& target, const std::string& order) const {
    const ProcessResult result = run_brenier({"solve", source, target, "--order", order, "--quiet"});
    const std::string label = "W" + order + " distance";
    EXPECT_EQ(result.out.compare(0, label.size(), label), 0) << result.out << result.err;
    const std::size_t begin = result.out.find_first_not_of(' ', label.size());
    return result.out.substr(begin, result.out.find('\n') - begin);
  }

  std::string run(std::vector<std::string> words) const {
    words.insert(words.begin(), "pairwise");
    words.insert(words.end(), clouds_.begin(), clouds_.end());
    const ProcessResult result = run_brenier(words);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out;
  }

  // Of several sizes, so that the order in which they are solved is not that of the matrix. The last two hold for more
  // than 40,000 pairs of points, for which another engine is taken.
  std::vector<std::string> clouds_ = {cloud("a.csv", "ring", 20, 1), cloud("b.npy", "uniform", 250, 2),
                                      cloud("c.csv", "gaussian", 33, 3), cloud("d.csv", "ring", 300, 4)};
};

TEST_F(Pairwise, EqualsSingleSolvesBitForBit) {
  for (const std::string& order : {std::string("1"), std::string("2")}) {
    const auto table = fields(run({"--order", order}));
    ASSERT_EQ(table.size(), clouds_.size() + 1);
    EXPECT_EQ(table[0][0], "cloud");
    for (std::size_t i = 0; i < clouds_.size(); ++i) {
      ASSERT_EQ(table[i + 1].size(), clouds_.size() + 1);
      EXPECT_EQ(table[0][i + 1], clouds_[i]);
      EXPECT_EQ(table[i + 1][0], clouds_[i]);
      EXPECT_EQ(table[i + 1][i + 1], "0");
      for (std::size_t j = 0; j < i; ++j) {
        EXPECT_EQ(table[j + 1][i + 1], solved(clouds_[j], clouds_[i], order));
        EXPECT_EQ(table[i + 1][j + 1], table[j + 1][i + 1]);
      }
    }
  }
}

TEST_F(Pairwise, WritesTheSameNumbersAsAnArray) {
  const auto table = fields(run({}));
  EXPECT_NE(run({"--out", path("m.npy")}).find("m.npy: W2 between 4 clouds, 6 pairs"), std::string::npos);
  const Points matrix = read_measure(path("m.npy")).points();
  ASSERT_EQ(matrix.rows(), 4);
  ASSERT_EQ(matrix.cols(), 4);
  for (Index i = 0; i < 4; ++i) {
    for (Index j = 0; j < 4; ++j) {
      const std::string& text = table[static_cast<std::size_t>(i + 1)][static_cast<std::size_t>(j + 1)];
      EXPECT_EQ(matrix(i, j), std::stod(text));  // the shortest decimal that reads back as the same double
    }
  }
  EXPECT_EQ(files(), (std::vector<std::string>{"a.csv", "b.npy", "c.csv", "d.csv", "m.npy"}));
}

TEST_F(Pairwise, GivesTheSameBytesForAnyNumberOfJobs) {
  const std::string one = run({"--jobs", "1"});
  EXPECT_EQ(run({"--jobs", "2"}), one);
  EXPECT_EQ(run({"--jobs", "7"}), one);
  run({"--jobs", "3", "--out", path("m.csv")});
  EXPECT_EQ(read_text(path("m.csv")), one);
}

TEST_F(Pairwise, TellsCoincidingCloudsByZero) {
  const ProcessResult result = run_brenier({"pairwise", clouds_[0], clouds_[0], "--quiet"});
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out,
            "cloud," + clouds_[0] + "," + clouds_[0] + "\n" + clouds_[0] + ",0,0\n" + clouds_[0] + ",0,0\n");
}

TEST_F(Pairwise, ReadsOneCloudFromStandardInput) {
  ProcessOptions options;
  options.input = "x,y\n0,0\n";
  const ProcessResult result = run_brenier({"pairwise", "-", file("p.csv", "3,4\n"), "--quiet"}, options);
  EXPECT_EQ(result.out, "cloud,-," + path("p.csv") + "\n-,0,5\n" + path("p.csv") + ",5,0\n") << result.err;
}

TEST_F(Pairwise, TakesPatternsInNaturalOrderWhereTheyStand) {
  for (const char* name : {"epoch_10.csv", "epoch_2.csv", "epoch_1.csv"}) file(name, "0,0\n");
  const ProcessResult result = run_brenier({"pairwise", clouds_[2], path("epoch_*.csv"), clouds_[0], "--quiet"});
  EXPECT_EQ(result.out.substr(0, result.out.find('\n')), "cloud," + clouds_[2] + "," + path("epoch_1.csv") + "," +
                                                             path("epoch_2.csv") + "," + path("epoch_10.csv") + "," +
                                                             clouds_[0])
      << result.err;
  expect_one_line_error(run_brenier({"pairwise", clouds_[0], path("none_*.csv")}), 2, {"no file matches", "none_*"});
}

TEST_F(Pairwise, QuotesNamesThatWouldBreakTheTable) {
  const std::string comma = file("p,q.csv", "0,0\n"), quote = file("p\"q.csv", "3,4\n");
  const ProcessResult result = run_brenier({"pairwise", comma, quote, "--quiet"});
  const std::string left = "\"" + comma + "\"", right = "\"" + path("p\"\"q.csv") + "\"";
  EXPECT_EQ(result.out, "cloud," + left + "," + right + "\n" + left + ",0,5\n" + right + ",5,0\n") << result.err;
}

TEST_F(Pairwise, ScalesMassesWhereItIsAsked) {
  const std::string heavy = file("heavy.csv", "x,y,weight\n0,0,2\n0,1,2\n"), light = file("light.csv", "3,4\n3,5\n");
  expect_one_line_error(run_brenier({"pairwise", light, heavy, "--out", path("m.csv")}), 2,
                        {"the masses differ", "heavy.csv has 4", "light.csv has 1", "--normalize"});
  const ProcessResult result = run_brenier({"pairwise", light, heavy, "--normalize", "--quiet"});
  EXPECT_EQ(result.out, "cloud," + light + "," + heavy + "\n" + light + ",0,5\n" + heavy + ",5,0\n") << result.err;
}

TEST_F(Pairwise, RefusesBadCloudsBeforeAnythingIsComputed) {
  const auto refuse = [&](const std::string& bad, const std::vector<std::string>& fragments) {
    expect_one_line_error(run_brenier({"pairwise", clouds_[0], clouds_[1], bad, "--out", path("m.csv")}), 2, fragments);
  };
  refuse(file("nan.csv", "0,0\n0,nan\n"), {"nan.csv", "line 2"});
  refuse(file("cube.csv", "0,0,0\n"), {"cube.csv", "3 dimensions", "a.csv", "2 dimensions"});
  refuse(path("absent.csv"), {"absent.csv", "No such file"});
  EXPECT_EQ(files(), (std::vector<std::string>{"a.csv", "b.npy", "c.csv", "cube.csv", "d.csv", "nan.csv"}));
}

TEST_F(Pairwise, RefusesWhatItCannotSolveAndKeepsTheRest) {
  // Two points of the plane fit into 64 K, what 300 x 250 need does not.
  const std::string p = file("p.csv", "0,0\n"), q = file("q.csv", "3,4\n");
  const std::vector<std::string> words = {"pairwise",    p,        q,  clouds_[3], "--memory", "64K", "--out",
                                          path("m.csv"), "--jobs", "1"};
  const ProcessResult result = run_brenier(words);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  for (const char* fragment :
       {"p.csv and ", "d.csv: memory", "and 1 further pair", "m.csv.journal keeps 1 pair of 3"}) {
    EXPECT_NE(result.err.find(fragment), std::string::npos) << fragment << " is not in " << result.err;
  }
  EXPECT_NE(read_text(path("m.csv.journal")).find("\n0,1,5\n"), std::string::npos);
}

}  // namespace
}  // namespace brenier::test
