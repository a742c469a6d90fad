#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/cli_fixture.hpp"

namespace brenier::test {
namespace {

using nlohmann::json;

const std::string smallest_case = "ring-2d-equal-w2-250";
const std::vector<std::string> solvers = {"brenier-1", "brenier-2", "lemon", "lemon-engine", "pot", "scipy"};

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = text.find(separator, begin)) != std::string::npos; begin = end + separator.size()) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// The rows of all Markdown tables in a text, cut into cells: headers and rules too.
std::vector<std::vector<std::string>> table_rows(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : split(text, "\n")) {
    if (line.compare(0, 2, "| ") == 0) rows.push_back(split(line.substr(2, line.size() - 4), " | "));
  }
  return rows;
}

std::vector<json> json_lines(const std::string& file) {
  std::vector<json> lines;
  for (const std::string& line : split(read_text(file), "\n")) {
    if (!line.empty()) lines.push_back(json::parse(line));
  }
  return lines;
}

class Benchmarks : public CliTest {
 protected:
  void SetUp() override {
    if (run_shell("python3 --version").exit_code != 0) GTEST_SKIP() << "python3 is not installed";
  }

  static ProcessResult run_benchmarks(const std::string& words) {
    return run_shell("'" BRENIER_BENCHMARKS "' --program '" BRENIER_BENCHMARK_PROGRAM "' " + words);
  }

  ProcessResult run_smallest_case() const {
    return run_benchmarks("--quick --case " + smallest_case + " --out " + path("results.jsonl"));
  }

  /// A file of results in which each solver takes seconds(n) for the ring of 1,000 · 2ᵏ points.
  template <typename Seconds>
  std::string made_up_results(Seconds seconds) const {
    json head = {{"date", "2026-01-01"}, {"machine", "none"}, {"versions", {{"brenier", "0"}}}, {"program", "0"}};
    head["peers"] = {{"pot", "1"}, {"scipy", nullptr}};
    std::string text = json{{"head", head}}.dump() + "\n";
    for (const int n : {1000, 2000, 4000}) {
      for (const std::string solver : {"brenier-1", "brenier-2", "lemon", "pot"}) {
        const json record = {{"case", "ring-2d-equal-w2-" + std::to_string(n)},
                             {"solver", solver},
                             {"seconds", seconds(solver, n)},
                             {"cost_seconds", 1.0},
                             {"distance", 1.0},
                             {"peak_bytes", 1 << 20},
                             {"rounds", 3},
                             {"pivots", 77}};
        text += record.dump() + "\n";
      }
    }
    return file("made_up.jsonl", text);
  }
};

TEST_F(Benchmarks, FillTheTableAndAgreeOnTheDistance) {
  const ProcessResult result = run_smallest_case();
  ASSERT_EQ(result.exit_code, 0) << result.err;

  const auto rows = table_rows(result.out);
  ASSERT_EQ(rows.size(), 3U) << result.out;
  EXPECT_EQ(rows[2][0] + "-" + rows[2][1], smallest_case);
  for (const auto& row : rows) EXPECT_EQ(row.size(), rows[0].size());
  for (const std::string& cell : rows[2]) {
    EXPECT_NE(cell, "");
    EXPECT_NE(cell, "failed");
    EXPECT_NE(cell, "not run");
  }

  const std::vector<json> lines = json_lines(path("results.jsonl"));
  const json& peers = lines.at(0).at("head").at("peers");
  std::size_t line = 1;
  for (const std::string& solver : solvers) {
    if (peers.contains(solver) && peers[solver].is_null()) {
      std::cout << solver << " is not installed and was not compared\n";
      EXPECT_NE(std::find(rows[2].begin(), rows[2].end(), "absent"), rows[2].end());
      continue;
    }
    const json& record = lines.at(line++);
    EXPECT_EQ(record.at("solver"), solver);
    EXPECT_GT(record.at("seconds").get<double>(), 0.0);
    EXPECT_GT(record.at("peak_bytes").get<double>(), 1e6);  // the program itself is larger
    // All are exact on the same clouds: 250 costs of size one are summed, which costs about 250 · 1e-16 at most.
    EXPECT_NEAR(record.at("distance").get<double>(), lines[1].at("distance").get<double>(), 1e-9);
  }
  EXPECT_EQ(line, lines.size());
}

TEST_F(Benchmarks, GoOnWhereTheyWereKilled) {
  ASSERT_EQ(run_smallest_case().exit_code, 0);
  const std::string all = read_text(path("results.jsonl"));
  const std::size_t last_line = all.rfind('\n', all.size() - 2) + 1;
  file("results.jsonl", all.substr(0, last_line + 10));

  const ProcessResult again = run_smallest_case();
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(std::count(again.err.begin(), again.err.end(), '\n'), 1) << again.err;  // one measurement
  EXPECT_EQ(read_text(path("results.jsonl")).substr(0, last_line), all.substr(0, last_line));
  EXPECT_EQ(json_lines(path("results.jsonl")).size(),
            static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n')));

  const ProcessResult reprinted = run_benchmarks("--table " + path("results.jsonl"));
  EXPECT_EQ(reprinted.exit_code, 0) << reprinted.err;
  EXPECT_EQ(reprinted.out, again.out);
}

TEST_F(Benchmarks, ShowRatiosAndGrowthOfWhatWasMeasured) {
  // LEMON as n², POT as n², each a hundred times slower at n = 1000 than brenier, which takes n^1.25.
  const std::string results = made_up_results([](const std::string& solver, int n) {
    const double size = n / 1000.0;
    if (solver == "lemon" || solver == "pot") return size * size;
    return 0.01 * std::pow(size, 1.25) * (solver == "brenier-1" ? 1.5 : 1.0);
  });
  const ProcessResult result = run_benchmarks("--table " + results);
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto rows = table_rows(result.out);
  ASSERT_EQ(rows.size(), 5U + 3U) << result.out;
  const std::vector<std::string> first = {"ring-2d-equal-w2",
                                          "1000",
                                          "0.0150",
                                          "0.0100",
                                          "1.00",
                                          "not run",
                                          "1.00",
                                          "2.00",
                                          "absent",
                                          "1.50",
                                          "100",
                                          "100",
                                          "200",
                                          "–",
                                          "1.00",
                                          "1049",
                                          "77",
                                          "3",
                                          "0"};
  EXPECT_EQ(rows[2], first);
  const std::vector<std::string> growth = {"ring-2d-equal-w2", "1000 … 4000", "1.25", "1.25", "2.00", "–", "2.00", "–"};
  EXPECT_EQ(rows.back(), growth);
}

TEST_F(Benchmarks, LeaveOutTheDigitsVisiblyWhereTheyAreNot) {
  const ProcessResult result = run_benchmarks("--quick --case 'digits-*' --data " + path("nowhere"));
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.err.find("digits-784d-equal-w2-500 is left out"), std::string::npos) << result.err;
}

TEST_F(Benchmarks, ReportAMeasurementThatTookTooLong) {
  const ProcessResult result =
      run_benchmarks("--case ring-2d-equal-w2-262144 --time-limit 0.01 --out " + path("results.jsonl"));
  EXPECT_EQ(result.exit_code, 1);
  const auto rows = table_rows(result.out);
  ASSERT_EQ(rows.size(), 3U) << result.out;
  EXPECT_EQ(rows[2][2], "> 0.01");
  EXPECT_EQ(rows[2][4], "–");
}

TEST_F(Benchmarks, RefuseWrongInputWithOneLine) {
  const std::string folder = path("");
  file("other.txt", "something else");
  file("broken.jsonl", read_text(made_up_results([](const std::string&, int) { return 1.0; })) + "{\"case\": 7}\n");
  const std::vector<std::pair<std::string, std::vector<std::string>>> wrong = {
      {"--quik", {"--quik", "--help"}},
      {"--case ring-9d", {"--case ring-9d", "--list"}},
      {"--time-limit 0", {"--time-limit", "above 0"}},
      {"--time-limit soon", {"--time-limit", "soon"}},
      {"--table a.jsonl --quick", {"--table"}},
      {"--table " + folder + "none.jsonl", {"none.jsonl", "no such file"}},
      {"--table " + folder + "other.txt", {"other.txt", "expected the results"}},
      {"--table " + folder + "broken.jsonl", {"broken.jsonl: line 14", "expected a result"}},
      {"--quick --out " + folder + "other.txt", {"other.txt", "expected the results"}},
      {"--quick --out " + folder + "made_up.jsonl", {"made_up.jsonl", "measured with another"}},
      {"--quick --out " + folder + "none/a.jsonl", {"none/a.jsonl", "No such file"}},
      {"--quick --program " + folder + "none", {"--program", "BRENIER_BUILD_VALIDATION"}},
      {"--quick --program " + folder + "other.txt", {"other.txt", "expected versions"}},
      {"--quick --python " + folder + "none", {"--python", "no such file"}},
  };
  for (const auto& [words, fragments] : wrong) {
    const ProcessResult result = run_benchmarks(words);
    EXPECT_EQ(result.exit_code, 2) << words;
    EXPECT_EQ(result.out, "") << words;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << words << ": " << result.err;
    for (const std::string& fragment : fragments) {
      EXPECT_NE(result.err.find(fragment), std::string::npos) << "'" << fragment << "' is not in: " << result.err;
    }
  }
  EXPECT_EQ(read_text(path("other.txt")), "something else");
}

TEST(BenchmarkProgram, RefusesWrongInputWithOneLine) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"", "--family is missing"},
      {"--family rng --n 5", "did you mean ring?"},
      {"--family ring", "--n is missing"},
      {"--family ring --n 0", "--n 0: expected a whole number from 1"},
      {"--family ring --n 5 --dim 3", "dimension: is 3"},
      {"--family ring --n 5 --masses some", "--masses some: expected"},
      {"--family ring --n 5 --solver pot", "--solver pot: expected"},
      {"--family digits --n 5 --dim 784", "--data is missing"},
      {"--family digits --n 5 --dim 784 --data /nowhere", "/nowhere/t10k-images"},
      {"--family ring --n 60000 --solver lemon", "31 bits"},
      {"--family ring --n 5 --write /nowhere/cloud", "/nowhere"},
      {"--famly ring", "did you mean --family?"},
  };
  for (const auto& [words, fragment] : wrong) {
    const ProcessResult result = run_shell("'" BRENIER_BENCHMARK_PROGRAM "' " + words);
    EXPECT_EQ(result.exit_code, 2) << words;
    EXPECT_EQ(result.out, "") << words;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << words << ": " << result.err;
    EXPECT_NE(result.err.find(fragment), std::string::npos) << "'" << fragment << "' is not in: " << result.err;
  }
}

TEST(BenchmarkProgram, DrawsTheSameCloudsInEveryCall) {
  const std::string words = "' --family clustered --dim 3 --masses random --n 300 --solver ";
  const auto distance = [&](const std::string& solver) {
    const ProcessResult result = run_shell("'" BRENIER_BENCHMARK_PROGRAM + words + solver);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out).at("distance").get<double>();
  };
  const double first = distance("brenier");
  EXPECT_EQ(distance("brenier"), first);
  EXPECT_NEAR(distance("lemon"), first, 1e-12 * first);  // Rounding masses to multiples of 2⁻⁶¹ moves far less.
}

}  // namespace
}  // namespace brenier::test
