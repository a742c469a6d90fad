#include "brenier/version.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

const std::vector<std::string> command_names = {"solve", "certify",  "flow",   "geodesic", "validate",
                                                "plot",  "pairwise", "sample", "convert"};

TEST(Help, IsPrintedWithExitCode2WithoutArguments) {
  const ProcessResult result = run_brenier({});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.out, run_brenier({"--help"}).out);
}

TEST(Help, ListsEveryCommandAndTheExitCodes) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"--help"}, {"-h"}, {"help"}}) {
    const ProcessResult result = run_brenier(words);
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.err, "");
    for (const std::string& name : command_names) EXPECT_NE(result.out.find("  " + name), std::string::npos);
    EXPECT_NE(result.out.find("Exit codes:\n  0 "), std::string::npos);
  }
}

TEST(Help, ExplainsEachCommandAndTheExitCodes) {
  for (const std::string& name : command_names) {
    const ProcessResult result = run_brenier({name, "--help"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_EQ(result.out.compare(0, 15 + name.size(), "Usage: brenier " + name), 0) << result.out;
    EXPECT_NE(result.out.find("Exit codes:\n  0 "), std::string::npos);
    EXPECT_EQ(run_brenier({"help", name}).out, result.out);
  }
}

TEST(Version, IsThatOfTheLibrary) {
  const ProcessResult result = run_brenier({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out, "brenier " BRENIER_VERSION "\n");
}

struct WrongUsage {
  std::vector<std::string> words;
  std::vector<std::string> expected;  ///< What the message must name.
};

class Usage : public ::testing::TestWithParam<WrongUsage> {};

TEST_P(Usage, IsRefusedWithOneLineThatNamesWhatIsWrong) {
  const ProcessResult result = run_brenier(GetParam().words);
  expect_one_line_error(result, 2, GetParam().expected);
}

// None of the files exist: usage is judged before anything is read.
const WrongUsage wrong_usages[] = {
    {{"slove"}, {"unknown command slove", "did you mean solve?", "brenier --help"}},
    {{"frobnicate"}, {"unknown command frobnicate", "brenier --help"}},
    {{"--hlep"}, {"unknown option --hlep", "did you mean --help?"}},
    {{"help", "slove"}, {"unknown command slove", "did you mean solve?"}},
    {{"solve"}, {"SOURCE is missing", "brenier solve --help"}},
    {{"solve", "a.csv"}, {"TARGET is missing"}},
    {{"solve", "a.csv", "b.csv", "c.csv"}, {"unexpected argument 'c.csv'"}},
    {{"solve", "", "b.csv"}, {"SOURCE is empty"}},
    {{"solve", "-", "-"}, {"SOURCE and TARGET", "standard input"}},
    {{"solve", "a.csv", "b.csv", "--ordr", "1"}, {"unknown option --ordr", "did you mean --order?"}},
    {{"solve", "a.csv", "b.csv", "--frobnicate"}, {"unknown option --frobnicate"}},
    {{"solve", "a.csv", "b.csv", "-x"}, {"unknown option -x"}},
    {{"solve", "a.csv", "b.csv", "--norm"}, {"unknown option --norm", "did you mean --normalize?"}},
    {{"solve", "a.csv", "b.csv", "--order"}, {"--order needs a value"}},
    {{"solve", "a.csv", "b.csv", "--order="}, {"--order needs a value"}},
    {{"solve", "a.csv", "b.csv", "--order", "3"}, {"--order 3", "expected 1 or 2", "brenier solve --help"}},
    {{"solve", "a.csv", "b.csv", "--order", "2.0"}, {"--order 2.0", "expected 1 or 2"}},
    {{"solve", "a.csv", "b.csv", "--order", "1", "--order", "2"}, {"--order is given twice"}},
    {{"solve", "a.csv", "b.csv", "--quiet=1"}, {"--quiet takes no value"}},
    {{"solve", "a.csv", "b.csv", "--engine", "lemmon"}, {"--engine lemmon", "did you mean lemon?"}},
    {{"solve", "a.csv", "b.csv", "--threads", "0"}, {"--threads 0", "expected a whole number from 1"}},
    {{"solve", "a.csv", "b.csv", "--threads", "-1"}, {"--threads -1", "expected a whole number from 1"}},
    {{"solve", "a.csv", "b.csv", "--threads", "abc"}, {"--threads abc", "expected a whole number from 1"}},
    {{"solve", "a.csv", "b.csv", "--threads", "99999999999"}, {"--threads 99999999999", "whole number"}},
    {{"solve", "a.csv", "b.csv", "--memory", "0"}, {"--memory 0", "expected a size above 0", "8G"}},
    {{"solve", "a.csv", "b.csv", "--memory", "5X"}, {"--memory 5X", "expected a size above 0"}},
    {{"solve", "a.csv", "b.csv", "--memory", "G"}, {"--memory G", "expected a size above 0"}},
    {{"solve", "a.csv", "b.csv", "--time-limit", "0"}, {"--time-limit 0", "expected a number above 0"}},
    {{"solve", "a.csv", "b.csv", "--time-limit", "-1"}, {"--time-limit -1", "expected a number above 0"}},
    {{"solve", "a.csv", "b.csv", "--time-limit", "nan"}, {"--time-limit nan", "expected a number above 0"}},
    {{"solve", "a.csv", "b.csv", "--time-limit", "1s"}, {"--time-limit 1s", "expected a number above 0"}},
    {{"solve", "a.csv", "b.csv", "--plan", "p.csv", "--potentials", "./p.csv"}, {"--plan", "--potentials", "p.csv"}},
    {{"solve", "a.csv", "b.csv", "--plan", "a.csv"}, {"--plan a.csv", "overwrite the input"}},
    {{"solve", "a.csv", "grid:b.csv", "--json", "./b.csv"}, {"--json ./b.csv", "overwrite the input"}},
    {{"solve", "a.csv", "b.csv", "--plan", "plan.json"}, {"plan.json", ".csv", ".npz"}},
    {{"solve", "a.csv", "b.csv", "--potentials", "potentials.npy"}, {"potentials.npy", ".csv", ".npz"}},
    {{"certify", "a.csv", "b.csv"}, {"--plan", "missing", "brenier certify --help"}},
    {{"certify", "a.csv", "b.csv", "--plan", "p.csv"}, {"--potentials", "missing"}},
    {{"certify", "a.csv", "b.csv", "--plan", "p.csv", "--potentials", "q.csv", "--json", "q.csv"},
     {"--json q.csv", "overwrite the input"}},
    {{"certify", "a.csv", "b.csv", "--order", "0"}, {"--order 0", "expected 1 or 2"}},
    {{"pairwise"}, {"CLOUD is missing", "brenier pairwise --help"}},
    {{"pairwise", "a.csv"}, {"a single CLOUD", "two or more"}},
    {{"pairwise", "-", "a.csv", "-"}, {"- is given twice", "standard input"}},
    {{"pairwise", "a.csv", "b.csv", "--out", "b.csv"}, {"--out b.csv", "overwrite the input"}},
    {{"pairwise", "a.csv", "m.csv.journal", "--out", "m.csv"}, {"journal", "overwrite the input m.csv.journal"}},
    {{"pairwise", "a.csv", "b.csv", "--out", "m.npz"}, {"m.npz", ".csv or .npy"}},
    {{"pairwise", "a.csv", "b.csv", "--out", "absent/m.csv"}, {"absent/m.csv", "no folder absent"}},
    {{"pairwise", "a.csv", "b.csv", "--jobs", "0"}, {"--jobs 0", "expected a whole number from 1"}},
    {{"pairwise", "a.csv", "b.csv", "--order", "3"}, {"--order 3", "expected 1 or 2"}},
    {{"sample"}, {"KIND is missing", "brenier sample --help"}},
    {{"sample", "rng", "--n", "3"}, {"rng", "ring", "dirac", "did you mean ring?"}},
    {{"sample", "ring"}, {"--n", "missing"}},
    {{"sample", "ring", "--n", "0"}, {"--n 0", "expected a whole number from 1"}},
    {{"sample", "ring", "--n", "-5"}, {"--n -5", "expected a whole number from 1"}},
    {{"sample", "ring", "--n", "2.5"}, {"--n 2.5", "expected a whole number from 1"}},
    {{"sample", "ring", "--n", "999999999999999999"}, {"--n 999999999999999999", "GB"}},
    {{"sample", "ring", "--n", "99999999999999999999"}, {"--n 99999999999999999999", "whole number"}},
    {{"sample", "uniform", "--n", "3", "--dim", "0"}, {"--dim 0", "expected a whole number from 1"}},
    {{"sample", "ring", "--n", "3", "--seed", "-1"}, {"--seed -1", "expected a whole number from 0"}},
    {{"sample", "ring", "--n", "3", "--radius", "0"}, {"--radius 0", "expected a number above 0"}},
    {{"sample", "ring", "--n", "3", "--std", "-0.1"}, {"--std -0.1", "at least 0"}},
    {{"sample", "ring", "--n", "3", "--std", "inf"}, {"--std inf", "at least 0"}},
    {{"sample", "ring", "--n", "3", "--dim", "3"}, {"ring", "dim", "3", "2"}},
    {{"sample", "gaussian", "--n", "3", "--modes", "4"}, {"gaussian", "modes"}},
    {{"sample", "ring", "--n", "3", "--out", "ring.xlsx"}, {"ring.xlsx", ".csv"}},
    {{"convert", "a.csv"}, {"OUT is missing", "brenier convert --help"}},
    {{"convert", "a.csv", "a.csv"}, {"OUT a.csv", "overwrite the input"}},
    {{"convert", "a.csv", "a"}, {"a", ".csv"}},
};

INSTANTIATE_TEST_SUITE_P(Wrong, Usage, ::testing::ValuesIn(wrong_usages));

TEST(StandardOutput, ReportsAFullDisk) {
  ProcessOptions options;
  options.output_file = "/dev/full";
  expect_one_line_error(run_brenier({"--help"}, options), 1, {"standard output"});
  expect_one_line_error(run_brenier({"sample", "ring", "--n", "10000"}, options), 1, {"standard output"});
}

TEST(StandardOutput, EndsQuietlyWhenTheReaderHasSeenEnough) {
  const ProcessResult result = run_shell("\"$BRENIER\" sample uniform --n 200000 --seed 1 | head -n 1");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_NE(result.out, "");
}

}  // namespace
}  // namespace brenier::test
