// brenier watch: a row for each complete file of a folder.
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What a file holds now; nothing while it is not there.
std::string content(const std::string& name) { return fs::exists(name) ? read_text(name) : std::string(); }

class Watch : public CliTest {
 protected:
  Watch() { fs::create_directory(path("drop")); }

  /// Watches the folder until `play`, which runs beside it, has ended and the process was told so.
  ProcessResult watch(const std::vector<std::string>& more, const std::function<void()>& play) const {
    std::vector<std::string> words = {"watch", path("drop"),     target_,    "--order", "2",
                                      "--out", path("rows.csv"), "--settle", "0.2"};
    words.insert(words.end(), more.begin(), more.end());
    ProcessOptions options;
    std::thread player;
    options.on_error_output = [&](pid_t process, const std::string&) {
      if (player.joinable()) return;
      player = std::thread([&, process] {
        play();
        kill(process, SIGINT);
      });
    };
    const ProcessResult result = run_brenier(words, options);
    player.join();
    return result;
  }

  /// Waits until the table holds the text.
  void wait_for(const std::string& text) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!contains(content(path("rows.csv")), text)) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "no " << text << " in " << content(path("rows.csv"));
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  void drop(const std::string& name, const std::string& bytes) const { file("drop/" + name, bytes); }

  std::string target_ = cloud("target.npy", "ring", 60, 1);
  std::string run_ = read_text(cloud("run.npy", "gaussian", 60, 2));
};

TEST_F(Watch, AddsARowForEachFileAndReadsNoneHalf) {
  drop("epoch_1.npy", run_);
  const ProcessResult result = watch({}, [&] {
    wait_for("epoch_1.npy,60,");
    drop("epoch_2.npy", run_.substr(0, run_.size() - 100));
    drop(".hidden.npy", run_);
    drop("notes.txt", "nothing");
    drop("epoch_3.npy", run_);
    wait_for("epoch_3.npy,60,");
    // It has been looked at by now, half as it is: looks come every tenth of a second, and the other one came later.
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_FALSE(contains(content(path("rows.csv")), "epoch_2.npy"));
    drop("epoch_2.npy", run_);
    wait_for("epoch_2.npy,60,");
  });
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_TRUE(contains(result.out, "rows.csv: 3 rows added")) << result.out;

  const ProcessResult direct = run_brenier({"metrics", target_, path("drop/epoch_*.npy"), "--order", "2", "--quiet"});
  EXPECT_EQ(read_text(path("rows.csv")), direct.out);
}

TEST_F(Watch, TakesArchivesOnceTheirTableOfContentsIsThere) {
  ASSERT_EQ(run_brenier({"convert", path("run.npy"), path("run.npz")}).exit_code, 0);
  const std::string archive = read_text(path("run.npz"));
  const ProcessResult result = watch({}, [&] {
    drop("a.npz", archive.substr(0, archive.size() / 2));
    drop("b.npz", archive);
    wait_for("b.npz,60,");
    EXPECT_FALSE(contains(content(path("rows.csv")), "a.npz"));
    drop("a.npz", archive);
    wait_for("a.npz,60,");
  });
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(Watch, GivesUpAFileThatStaysBroken) {
  const ProcessResult result = watch({"--patience", "0.4"}, [&] {
    drop("epoch_1.npy", "broken");
    wait_for("epoch_1.npy,,");
    drop("epoch_1.npy", run_);
    wait_for("epoch_1.npy,60,");
  });
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_TRUE(contains(result.err, "1 file of 2 could not be measured: the column error says why")) << result.err;
}

TEST_F(Watch, GoesOnWithAnEarlierTable) {
  drop("epoch_1.npy", run_);
  ASSERT_EQ(run_brenier({"watch", path("drop"), target_, "--order", "2", "--out", path("rows.csv"), "--count", "1"})
                .exit_code,
            0);
  const std::string first = read_text(path("rows.csv"));
  drop("epoch_1.npy", "not to be read again");
  drop("epoch_2.npy", run_);
  const ProcessResult result = watch({"--append", "--idle", "20"}, [&] { wait_for("epoch_2.npy,60,"); });
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_text(path("rows.csv")).rfind(first, 0), 0U);
}

TEST_F(Watch, EndsByItself) {
  drop("epoch_1.npy", run_);
  drop("epoch_2.npy", run_);
  const ProcessResult counted =
      run_brenier({"watch", path("drop"), target_, "--count", "1", "--settle", "0", "--quiet"});
  EXPECT_EQ(counted.exit_code, 0) << counted.err;
  EXPECT_TRUE(contains(counted.out, "epoch_1.npy,60,"));
  EXPECT_FALSE(contains(counted.out, "epoch_2.npy"));
  const ProcessResult idle = run_brenier({"watch", path("drop"), target_, "--idle", "1", "--settle", "0", "--quiet"});
  EXPECT_EQ(idle.exit_code, 0) << idle.err;
  EXPECT_TRUE(contains(idle.out, "epoch_2.npy,60,"));
}

TEST_F(Watch, RefusesWhatIsNoFolder) {
  expect_one_line_error(run_brenier({"watch", path("none"), target_}), 2, {"none: is no folder"});
  expect_one_line_error(run_brenier({"watch", path("drop"), path("none.npy")}), 2, {"none.npy: cannot be read"});
}

}  // namespace
}  // namespace brenier::test
