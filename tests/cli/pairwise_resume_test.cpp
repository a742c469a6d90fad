// A run of pairs that was killed, or stopped, goes on to the bytes of one that was not, and repeats no finished pair.
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

#include "pairwise_progress.hpp"

namespace brenier::test {
namespace {

class PairwiseResume : public CliTest {
 protected:
  std::vector<std::string> words(const std::string& out) const {
    std::vector<std::string> all = {"pairwise", "--out", path(out), "--order", "1"};
    all.insert(all.end(), clouds_.begin(), clouds_.end());
    return all;
  }

  /// Runs it until the log says that so many pairs are done; then sends the signal.
  ProcessResult signal_at(const std::string& out, int pairs, int signal_number) const {
    ProcessOptions options;
    bool sent = false;
    options.on_error_output = [&](pid_t process, const std::string& err) {
      if (sent || pairs_done(err) < pairs) return;
      sent = true;
      kill(process, signal_number);
    };
    const ProcessResult result = run_brenier(words(out), options);
    EXPECT_TRUE(sent) << result.err;
    return result;
  }

  std::string unbroken() const {
    EXPECT_EQ(run_brenier(words("unbroken.csv")).exit_code, 0);
    return read_text(path("unbroken.csv"));
  }

  void append_to_journal(const std::string& text) const {
    file("m.csv.journal", read_text(path("m.csv.journal")) + text);
  }

  std::vector<std::string> clouds_ = [this] {
    std::vector<std::string> names;
    for (int k = 0; k < 10; ++k) names.push_back(cloud("c" + std::to_string(k) + ".npy", "ring", 210 + 5 * k, k));
    return names;
  }();
};

TEST_F(PairwiseResume, RepeatsNoPairAfterKills) {
  int earlier = 0;
  for (const int pairs : {9, 18, 27}) {
    const ProcessResult killed = signal_at("m.csv", pairs, SIGKILL);
    EXPECT_EQ(killed.signal, SIGKILL);
    EXPECT_EQ(pairs_done(killed.err, true), earlier);
    EXPECT_GE(journal_rows(path("m.csv")), pairs_done(killed.err));
    earlier = journal_rows(path("m.csv"));
    append_to_journal("3,4,0.12");  // What a kill in the middle of a write leaves.
  }
  const ProcessResult finished = run_brenier(words("m.csv"));
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_EQ(pairs_done(finished.err, true), earlier);
  EXPECT_EQ(read_text(path("m.csv")), unbroken());
  const std::vector<std::string> left = files();
  EXPECT_EQ(std::count(left.begin(), left.end(), "m.csv.journal"), 0);
}

TEST_F(PairwiseResume, TakesFinishedPairsFromTheJournal) {
  // A distance that no solve would find shows that none was made.
  signal_at("m.csv", 9, SIGKILL);
  const std::string journal = read_text(path("m.csv.journal"));
  const std::string head = journal.substr(0, journal.find("i,j,distance\n") + 13);
  file("m.csv.journal", head + "0,1,1234.5\n");
  ASSERT_EQ(run_brenier(words("m.csv")).exit_code, 0);
  const std::string table = read_text(path("m.csv"));
  EXPECT_NE(table.find(",0,1234.5,"), std::string::npos) << table;
  EXPECT_NE(table.find(",1234.5,0,"), std::string::npos) << table;
}

TEST_F(PairwiseResume, GoesOnAfterCtrlC) {
  const ProcessResult stopped = signal_at("m.csv", 9, SIGINT);
  EXPECT_EQ(stopped.exit_code, 1);
  EXPECT_EQ(stopped.out, "");
  EXPECT_NE(stopped.err.find("brenier: stopping; once more ends at once"), std::string::npos) << stopped.err;
  const std::string kept = "m.csv.journal keeps " + std::to_string(journal_rows(path("m.csv"))) + " pairs of 45";
  EXPECT_NE(stopped.err.find(kept + ", the same command goes on from there"), std::string::npos) << stopped.err;
  EXPECT_EQ(run_brenier(words("m.csv")).exit_code, 0);
  EXPECT_EQ(read_text(path("m.csv")), unbroken());
}

TEST_F(PairwiseResume, BeginsAgainBehindAHeadThatWasCut) {
  signal_at("m.csv", 9, SIGKILL);
  const std::string journal = read_text(path("m.csv.journal")), expected = unbroken();
  for (const std::size_t length : {std::size_t{30}, journal.find("i,j,distance\n") + 12}) {
    file("m.csv.journal", journal.substr(0, length));
    EXPECT_EQ(run_brenier(words("m.csv")).exit_code, 0);
    EXPECT_EQ(read_text(path("m.csv")), expected);
  }
}

TEST_F(PairwiseResume, RefusesTheJournalOfAnotherRun) {
  signal_at("m.csv", 9, SIGKILL);
  const std::string journal = read_text(path("m.csv.journal"));
  const auto refuse = [&](const std::vector<std::string>& other, std::vector<std::string> fragments) {
    fragments.push_back("m.csv.journal: line ");
    fragments.push_back("the journal of another run; delete it to begin anew");
    expect_one_line_error(run_brenier(other), 2, fragments);
    EXPECT_EQ(read_text(path("m.csv.journal")), journal);
  };
  std::vector<std::string> other = words("m.csv");
  other[4] = "2";
  refuse(other, {"found 'order 1', expected 'order 2'"});
  other = words("m.csv");
  other.push_back("--normalize");
  refuse(other, {"found 'normalize no', expected 'normalize yes'"});
  other = words("m.csv");
  other.pop_back();
  refuse(other, {"found 'clouds 10', expected 'clouds 9'"});
  cloud("c3.npy", "ring", 225, 77);
  refuse(words("m.csv"), {"found 'cloud 3 225 ", "expected 'cloud 3 225 ", "c3.npy"});
}

TEST_F(PairwiseResume, RefusesADamagedJournal) {
  signal_at("m.csv", 9, SIGKILL);
  const std::string journal = read_text(path("m.csv.journal"));
  const std::string head = journal.substr(0, journal.find("i,j,distance\n") + 13);
  for (const char* row : {"0,1,nan", "0,1,-1", "1,0,3", "0,10,3", "-1,2,3", "0,1,3,4", "0,1", "", "0,1,3 "}) {
    file("m.csv.journal", head + "0,2,0.5\n" + row + "\n");
    expect_one_line_error(run_brenier(words("m.csv")), 2,
                          {"m.csv.journal: line 18: found '" + std::string(row) + "', expected i,j,distance"});
  }
  file("m.csv.journal", "something else\n");
  expect_one_line_error(run_brenier(words("m.csv")), 2,
                        {"line 1: found 'something else', expected 'brenier pairwise "});
  EXPECT_EQ(read_text(path("m.csv.journal")), "something else\n");
}

TEST_F(PairwiseResume, RefusesAJournalThatAnotherProcessWrites) {
  const int other = open(file("m.csv.journal", "").c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_EQ(flock(other, LOCK_EX), 0);
  expect_one_line_error(run_brenier(words("m.csv")), 2, {"m.csv.journal: another process is writing it"});
  close(other);
  EXPECT_EQ(run_brenier(words("m.csv")).exit_code, 0);
}

}  // namespace
}  // namespace brenier::test
