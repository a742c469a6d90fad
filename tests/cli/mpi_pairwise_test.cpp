// brenier-mpi gives the bytes of brenier, whatever happens to its ranks.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "pairwise_progress.hpp"

namespace brenier::test {
namespace {

namespace fs = std::filesystem;

std::string read_process_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The process that mpirun started as that rank; −1 where it has gone.
pid_t find_rank(pid_t mpirun, int rank) {
  const std::string variable = "OMPI_COMM_WORLD_RANK=" + std::to_string(rank) + std::string(1, '\0');
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const pid_t process = std::atoi(entry.path().filename().c_str());
    const std::string stat = process > 0 ? read_process_file(entry.path() / "stat") : "";
    const std::size_t name_end = stat.rfind(')');  // "PID (NAME) STATE PARENT …"
    if (name_end == std::string::npos || std::atoi(stat.c_str() + name_end + 4) != mpirun) continue;
    if (read_process_file(entry.path() / "environ").find(variable) != std::string::npos) return process;
  }
  return -1;
}

/// Whether a process ends within ten seconds: mpirun does not wait for those that it has killed.
bool has_gone(pid_t process) {
  for (int wait = 0; wait < 1000 && kill(process, 0) == 0; ++wait) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return kill(process, 0) != 0;
}

class MpiPairwise : public CliTest {
 protected:
  static constexpr int pair_count = 66;
  static constexpr int mpirun_itself = -1;

  MpiPairwise() {
    setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 1);
    setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 1);
    // Without this Open MPI complains on standard error where a container forbids to read another process' memory.
    setenv("OMPI_MCA_btl_vader_single_copy_mechanism", "none", 1);
    for (int k = 0; k < 12; ++k) {
      // 49 times the double next to 1/49 is not 1: total masses must arrive as they were.
      clouds_ += " '" + cloud("c" + std::to_string(k) + ".npy", "ring", k == 0 ? 49 : 2400 + 40 * k, k) + "'";
    }
    const ProcessResult result = run_shell("\"$BRENIER\" pairwise --quiet" + clouds_);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    expected_ = result.out;
  }

  std::string command(int ranks, const std::string& mpirun_words, const std::string& words) const {
    return std::string("exec ") + BRENIER_MPIRUN + " --oversubscribe -n " + std::to_string(ranks) + " " + mpirun_words +
           " " + BRENIER_MPI + " " + words;
  }

  /// Runs it into m.csv on four ranks; as soon as ten pairs are done, `strike` is called with the process of that rank.
  ProcessResult run_and_strike(const std::string& mpirun_words, int rank,
                               const std::function<void(pid_t process)>& strike) const {
    ProcessOptions options;
    bool struck = false;
    options.on_error_output = [&](pid_t mpirun, const std::string& err) {
      if (struck || pairs_done(err) < 10) return;
      struck = true;
      const pid_t process = rank == mpirun_itself ? mpirun : find_rank(mpirun, rank);
      ASSERT_GT(process, 0) << err;
      strike(process);
    };
    const ProcessResult result = run_shell(into_file(mpirun_words), options);
    EXPECT_TRUE(struck) << result.err;
    return result;
  }

  std::string into_file(const std::string& mpirun_words) const {
    return command(4, mpirun_words, "pairwise --patience 2 --out '" + path("m.csv") + "'" + clouds_);
  }

  /// Goes on from the journal and expects that no pair in it is repeated.
  void expect_the_rest(const std::string& command) const {
    const int rows = journal_rows(path("m.csv"));
    EXPECT_GE(rows, 10);
    EXPECT_LT(rows, pair_count);
    const ProcessResult rest = run_shell(command);
    EXPECT_EQ(rest.exit_code, 0) << rest.err;
    EXPECT_EQ(pairs_done(rest.err, true), rows);
    EXPECT_EQ(read_text(path("m.csv")), expected_);
  }

  std::string clouds_;
  std::string expected_;
};

const auto kill_it = [](pid_t process) { kill(process, SIGKILL); };

TEST_F(MpiPairwise, GivesTheSameBytesForAnyNumberOfRanks) {
  for (const int ranks : {1, 2, 4}) {
    const ProcessResult result = run_shell(command(ranks, "", "pairwise --quiet" + clouds_));
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.out, expected_);
  }
}

TEST_F(MpiPairwise, GivesTheSameBytesWithoutMpirun) {
  const ProcessResult result = run_shell(std::string(BRENIER_MPI) + " pairwise --quiet" + clouds_);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, expected_);
}

TEST_F(MpiPairwise, SendsWeightsAsTheyAre) {
  const std::string weighted = file("w.csv", "x,y,weight\n0,0,0.1\n1,0,0.7\n0,2,0.2\n");
  const std::string words = " pairwise --normalize --order 1 --quiet '" + weighted + "'" + clouds_;
  const ProcessResult here = run_shell("\"$BRENIER\"" + words);
  const ProcessResult there = run_shell(command(3, "", words));
  EXPECT_EQ(here.exit_code, 0) << here.err;
  EXPECT_EQ(there.out, here.out) << there.err;
}

TEST_F(MpiPairwise, GoesOnWithoutARankThatWasKilled) {
  // By shared memory, then as between machines.
  for (const std::string& transport : {std::string("vader,self"), std::string("tcp,self")}) {
    const ProcessResult result = run_and_strike("--enable-recovery --mca btl " + transport, 2, kill_it);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.err.find("brenier-mpi: rank 2 gives no sign of life"), std::string::npos) << result.err;
    EXPECT_EQ(read_text(path("m.csv")), expected_);
    fs::remove(path("m.csv"));
  }
}

TEST_F(MpiPairwise, GoesOnWithARankThatSlept) {
  std::thread waker;
  const ProcessResult result = run_and_strike("--enable-recovery", 1, [&waker](pid_t process) {
    kill(process, SIGSTOP);
    // Longer than the patience of 2 s.
    waker = std::thread([process] {
      std::this_thread::sleep_for(std::chrono::milliseconds(3000));
      kill(process, SIGCONT);
    });
  });
  waker.join();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("brenier-mpi: rank 1 gives no sign of life"), std::string::npos) << result.err;
  EXPECT_EQ(read_text(path("m.csv")), expected_);
}

TEST_F(MpiPairwise, EndsWithoutARankThatStaysStopped) {
  for (const char* words : {"", "--enable-recovery"}) {
    pid_t stopped = -1;
    const ProcessResult result = run_and_strike(words, 2, [&stopped](pid_t process) {
      stopped = process;
      kill(process, SIGSTOP);
    });
    EXPECT_EQ(result.exit_code, 0) << words << result.err;
    EXPECT_NE(result.err.find("brenier-mpi: rank 2 gives no sign of life"), std::string::npos) << result.err;
    EXPECT_EQ(read_text(path("m.csv")), expected_);
    EXPECT_TRUE(has_gone(stopped)) << words << ": the stopped rank is still there";
    fs::remove(path("m.csv"));
  }
}

TEST_F(MpiPairwise, GoesOnWithoutARankThatWasAskedToEnd) {
  const ProcessResult result = run_and_strike("", 3, [](pid_t process) { kill(process, SIGTERM); });
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_text(path("m.csv")), expected_);
}

TEST_F(MpiPairwise, RepeatsNoPairAfterMpirunEndedAllRanks) {
  // Without recovery mpirun ends them when one dies.
  const ProcessResult result = run_and_strike("", 2, kill_it);
  EXPECT_NE(result.exit_code, 0) << result.err;
  expect_the_rest(into_file(""));
}

TEST_F(MpiPairwise, RepeatsNoPairAfterRankZeroWasKilled) {
  const ProcessResult result = run_and_strike("--enable-recovery", 0, kill_it);
  EXPECT_FALSE(fs::exists(path("m.csv")));
  EXPECT_NE(result.err.find("rank 0 says nothing any more"), std::string::npos) << result.err;
  expect_the_rest("\"$BRENIER\" pairwise --out '" + path("m.csv") + "'" + clouds_);
}

TEST_F(MpiPairwise, RepeatsNoPairAfterCtrlC) {
  const ProcessResult result = run_and_strike("", mpirun_itself, [](pid_t process) { kill(process, SIGINT); });
  EXPECT_NE(result.exit_code, 0) << result.err;
  expect_the_rest(into_file(""));
}

TEST_F(MpiPairwise, RefusesWrongUsageAndBadCloudsOnce) {
  const auto refuse = [&](const std::string& words, const std::string& fragment) {
    const ProcessResult result = run_shell(command(3, "", words));
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_EQ(result.out, "");
    const std::size_t place = result.err.find("brenier-mpi: " + fragment);
    EXPECT_NE(place, std::string::npos) << result.err;
    EXPECT_EQ(result.err.find("brenier-mpi: ", place + 1), std::string::npos) << result.err;
  };
  refuse("pairwise a.csv", "a single CLOUD has no pairs, expected two or more; see brenier-mpi pairwise --help");
  refuse("pairwise --patience 0 a.csv b.csv", "--patience 0: expected a number above 0");
  refuse("pairwise '" + file("nan.csv", "0,nan\n") + "'" + clouds_, path("nan.csv") + ": line 1");
}

TEST_F(MpiPairwise, ExplainsItselfOnce) {
  const ProcessResult result = run_shell(command(3, "", "pairwise --help"));
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out.find("Usage: brenier-mpi pairwise [CLOUD ...] [options]"), 0U) << result.out;
  EXPECT_EQ(result.out.find("Usage:", 1), std::string::npos);
}

}  // namespace
}  // namespace brenier::test
