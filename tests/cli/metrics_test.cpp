// brenier metrics: the table of figures, its order, its errors.
#include <sstream>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string first_field(const std::string& line) { return line.substr(0, line.find(',')); }

class Metrics : public CliTest {
 protected:
  /// `count` runs of 60 points, epoch_1.npy and so on.
  std::vector<std::string> make_runs(int count) const {
    std::vector<std::string> runs;
    for (int k = 1; k <= count; ++k) {
      runs.push_back(cloud("epoch_" + std::to_string(k) + ".npy", "gaussian", 60, 100 + k));
    }
    return runs;
  }

  /// brenier metrics target.npy WORDS --quiet
  ProcessResult metrics(const std::vector<std::string>& words) const {
    std::vector<std::string> all = {"metrics", target_, "--quiet"};
    all.insert(all.end(), words.begin(), words.end());
    return run_brenier(all);
  }

  std::string target_ = cloud("target.npy", "ring", 60, 1);
};

TEST_F(Metrics, PrintsTheDistancesThatSolvePrints) {
  const std::string run = make_runs(1).front();
  const ProcessResult result = metrics({run});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.err, "");
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "run,n,w1,w2,fingerprint,error");
  const auto distance = [&](const char* order) {
    const std::string report = run_brenier({"solve", run, target_, "--order", order, "--quiet"}).out;
    const std::string line = report.substr(0, report.find('\n'));
    return line.substr(line.rfind(' ') + 1);
  };
  EXPECT_EQ(lines[1].rfind(run + ",60," + distance("1") + "," + distance("2") + ",", 0), 0U) << lines[1];
  EXPECT_EQ(lines[1].back(), ',');
}

TEST_F(Metrics, SortsRunsNaturally) {
  make_runs(12);
  const std::string before = path("epoch_00.npy");
  file("epoch_00.npy", read_text(path("epoch_3.npy")));
  const ProcessResult result = metrics({path("epoch_*.npy"), path("epoch_2.npy"), "--order", "2"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 14U);
  EXPECT_EQ(first_field(lines[1]), before);
  for (std::size_t k = 1; k <= 12; ++k) {
    EXPECT_EQ(first_field(lines[k + 1]), path("epoch_" + std::to_string(k) + ".npy"));
  }
}

TEST_F(Metrics, GivesTheSameBytesForAnyNumberOfJobs) {
  make_runs(9);
  file("epoch_4.npy", "no array");
  const std::vector<std::string> all = {path("epoch_*.npy"), "--floor",     "3", "--one-nn",
                                        "--frechet",         "--subsample", "25"};
  const auto with_jobs = [&](const std::string& jobs, const std::string& out) {
    std::vector<std::string> words = all;
    words.insert(words.end(), {"--jobs", jobs});
    if (!out.empty()) words.insert(words.end(), {"--out", path(out)});
    return metrics(words);
  };
  const ProcessResult one = with_jobs("1", "");
  EXPECT_EQ(one.exit_code, 1);
  EXPECT_EQ(lines_of(one.out).size(), 10U);
  EXPECT_EQ(with_jobs("4", "").out, one.out);
  with_jobs("1", "one.csv");
  with_jobs("4", "four.csv");
  EXPECT_EQ(read_text(path("one.csv")), one.out);
  EXPECT_EQ(read_text(path("four.csv")), one.out);
}

TEST_F(Metrics, SaysInARowWhyAFileIsBadAndGoesOn) {
  const std::vector<std::string> runs = make_runs(2);
  const std::string broken = file("epoch_0.csv", "1,2\n3,nan\n");
  const std::string flat = file("epoch_3.csv", "1\n2\n");
  const ProcessResult result = metrics({path("epoch_*"), path("missing.npy")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.err, "brenier: 3 runs of 5 could not be measured: the column error says why\n");
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[1].rfind(broken + ",,,,", 0), 0U);
  EXPECT_NE(lines[1].find(",\"" + broken + ": line 2, column 2: found 'nan', expected a finite number\""),
            std::string::npos)
      << lines[1];
  EXPECT_EQ(lines[2].rfind(runs[0] + ",60,", 0), 0U);
  EXPECT_NE(lines[4].find(flat + ": 2 points in 1 dimension, but " + target_ + ": 60 points in 2 dimensions"),
            std::string::npos)
      << lines[4];
  EXPECT_NE(lines[5].find("missing.npy: cannot be read: No such file or directory"), std::string::npos) << lines[5];
}

TEST_F(Metrics, WritesJsonLines) {
  const std::string run = make_runs(1).front();
  const std::string broken = file("epoch_2.csv", "a \"name\"\n1;2\n");
  const ProcessResult result = metrics({run, broken, "--order", "1", "--format", "jsonl"});
  EXPECT_EQ(result.exit_code, 1);
  const std::vector<std::string> lines = lines_of(result.out);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].rfind("{\"run\": \"" + run + "\", \"n\": 60, \"w1\": 0.", 0), 0U) << lines[0];
  EXPECT_NE(lines[0].find("\"error\": null}"), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find("\"w1\": null, "), std::string::npos) << lines[1];
  EXPECT_EQ(metrics({run, "--order", "1", "--out", path("rows.jsonl")}).exit_code, 0);
  EXPECT_EQ(read_text(path("rows.jsonl")), lines[0] + "\n");
}

TEST_F(Metrics, ReportsMeanAndScatterOfSubsamples) {
  const std::string run = make_runs(1).front();
  const ProcessResult result = metrics({run, "--subsample", "20", "--repeats", "3", "--order", "2,1", "--seed", "5"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const std::vector<std::string> lines = lines_of(result.out);
  EXPECT_EQ(lines[0], "run,n,w1,w2,w1_sd,w2_sd,fingerprint,error");
  EXPECT_EQ(lines[1].rfind(run + ",20,", 0), 0U);
  const ProcessResult again = metrics({run, "--subsample", "20", "--repeats", "3", "--seed", "5"});
  EXPECT_EQ(again.out, result.out);
  EXPECT_NE(metrics({run, "--subsample", "20", "--repeats", "3", "--seed", "6"}).out, result.out);
  expect_one_line_error(metrics({run, "--subsample", "61"}), 2,
                        {"--subsample 61: " + target_ + " has 60 points with mass"});
  const std::string few = cloud("few.npy", "gaussian", 19, 3);
  EXPECT_NE(metrics({few, "--subsample", "20"}).out.find(few + ",,,,,,"), std::string::npos);
}

TEST_F(Metrics, AddsTheFloorOfHalvesOrOfALaw) {
  const std::string run = make_runs(1).front();
  const std::string halves = metrics({run, "--order", "2", "--floor", "4"}).out;
  EXPECT_EQ(lines_of(halves)[0], "run,n,w2,floor_n,floor_w2,floor_w2_sd,fingerprint,error");
  EXPECT_NE(halves.find(",30,0."), std::string::npos) << halves;
  const std::string law = metrics({run, "--order", "2", "--floor", "1", "--law", "ring:std=0.1"}).out;
  EXPECT_EQ(lines_of(law)[0], "run,n,w2,floor_n,floor_w2,fingerprint,error");
  EXPECT_NE(law.find(",60,0."), std::string::npos) << law;
}

TEST_F(Metrics, RefusesWrongUsageBeforeAnyWork) {
  const std::string run = make_runs(1).front();
  expect_one_line_error(metrics({}), 2, {"RUN is missing", "see brenier metrics --help"});
  expect_one_line_error(metrics({path("nothing_*.npy")}), 2, {"no file matches", "nothing_*.npy"});
  expect_one_line_error(metrics({run, "--order", "3"}), 2, {"--order 3: expected 1, 2 or 1,2"});
  expect_one_line_error(metrics({run, "--repeats", "3"}), 2, {"--repeats needs --subsample"});
  expect_one_line_error(metrics({run, "--law", "ring"}), 2, {"--law needs --floor"});
  expect_one_line_error(metrics({run, "--radius", "1"}), 2, {"--radius needs --centres"});
  expect_one_line_error(metrics({run, "--append"}), 2, {"--append needs --out"});
  expect_one_line_error(metrics({run, "--floor", "2", "--law", "rong"}), 2,
                        {"--law rong: expected ring", "did you mean ring?"});
  expect_one_line_error(metrics({run, "--out", run}), 2, {"would overwrite the input " + run});
  expect_one_line_error(metrics({run, "--out", path("no/rows.csv")}), 2, {"cannot be written: there is no folder"});
  expect_one_line_error(metrics({run, "--floor", "2", "--subsample", "31"}), 2,
                        {"floor: two samples of 31 points each are not to be had from 60 points with mass"});
  expect_one_line_error(metrics({run, "--centres", file("centres.csv", "1\n2\n")}), 2,
                        {"centres.csv: 2 points in 1 dimension, but " + target_});
  expect_one_line_error(run_brenier({"metrics", path("no.npy"), run}), 2, {"no.npy: cannot be read"});
  EXPECT_EQ(files(), (std::vector<std::string>{"centres.csv", "epoch_1.npy", "target.npy"}));
}

}  // namespace
}  // namespace brenier::test
