#include "io/output.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

namespace fs = std::filesystem;
using testing::rows;

class Output : public testing::FileTest {
 protected:
  std::string error_of_writing(const std::string& name) const {
    const std::string asked = error_of([&] { check_writable(path(name)); });
    const std::string tried = error_of([&] { write_file_atomically(path(name), "new"); });
    EXPECT_EQ(asked, tried) << "asking before tells what writing would";
    return tried;
  }
};

/// Acts as a user without privileges while it lives; permissions do not bind root.
class WithoutPrivileges {
 public:
  WithoutPrivileges() : active_(geteuid() != 0 || seteuid(65534) == 0) {}
  ~WithoutPrivileges() { EXPECT_EQ(seteuid(getuid()), 0); }
  bool active() const { return active_; }

 private:
  bool active_;
};

TEST_F(Output, ReplacesAFileAndLeavesNothingElse) {
  write_file_atomically(path("a.json"), "old");
  write_file_atomically(path("a.json"), "new");
  EXPECT_EQ(content("a.json"), "new");
  EXPECT_EQ(names(), std::vector<std::string>{"a.json"});
}

/// Files that this process has open.
std::ptrdiff_t open_files() { return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()); }

TEST_F(Output, ClosesWhatItOpens) {
  const std::ptrdiff_t before = open_files();
  for (const char* name : {"a.json", "a.json", "b.json", "no folder/a.json"}) {
    static_cast<void>(error_of([&] { write_file_atomically(path(name), "new"); }));
  }
  for (const char* device : {"/dev/null", "/dev/stdout", "/dev/full"}) {
    static_cast<void>(error_of([&] { write_file_atomically(device, "\n"); }));
  }
  EXPECT_EQ(open_files(), before);
}

TEST_F(Output, KeepsTheModeOfTheFileItReplaces) {
  file("a.json", "old");
  fs::permissions(path("a.json"), fs::perms(0640));
  write_file_atomically(path("a.json"), "new");
  EXPECT_EQ(fs::status(path("a.json")).permissions(), fs::perms(0640));
}

TEST_F(Output, FollowsSymbolicLinks) {
  file("real.json", "old");
  fs::create_symlink("real.json", path("link.json"));
  write_file_atomically(path("link.json"), "new");
  EXPECT_TRUE(fs::is_symlink(path("link.json")));
  EXPECT_EQ(content("real.json"), "new");
}

TEST_F(Output, WritesIntoDevicesInsteadOfReplacingThem) {
  check_writable("/dev/null");
  write_file_atomically("/dev/null", "new");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_EQ(error_of([] { write_file_atomically("/dev/full", "new"); }),
            "/dev/full: cannot be written: No space left on device");
}

TEST_F(Output, RefusesFoldersAndMissingFolders) {
  fs::create_directory(path("folder.csv"));
  file("file", "");
  EXPECT_EQ(error_of_writing("folder.csv"), "folder.csv: cannot be written: it is a folder");
  EXPECT_EQ(error_of_writing("file/a.csv"), "file/a.csv: cannot be written: file is not a folder");
  EXPECT_EQ(error_of([&] { check_writable(""); }), ": cannot be written: the name is empty");
  EXPECT_EQ(error_of([&] { check_writable(path("none/a.csv")); }).substr(0, 47),
            "none/a.csv: cannot be written: there is no fold");
  EXPECT_EQ(names(), (std::vector<std::string>{"file", "folder.csv"}));
}

TEST_F(Output, RefusesWhatThePermissionsForbid) {
  file("a.csv", "old");
  fs::permissions(path("a.csv"), fs::perms(0444));
  fs::permissions(folder_, fs::perms(0555));
  const std::string name = path("b.csv");
  {
    const WithoutPrivileges guard;
    if (!guard.active()) GTEST_SKIP() << "cannot give up root's privileges here";
    EXPECT_EQ(error_of_writing("a.csv"), "a.csv: cannot be written: Permission denied");
    EXPECT_EQ(error_of([&] { check_writable(name); }),
              "b.csv: cannot be written: folder " + folder_.string() + ": Permission denied");
  }
  fs::permissions(folder_, fs::perms(0755));
  EXPECT_EQ(names(), std::vector<std::string>{"a.csv"});
}

TEST_F(Output, AFailedWriteKeepsTheOldFileAndNoTemporaryOne) {
  file("a.csv", "old");
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string error = error_of([&] { write_file_atomically(path("a.csv"), std::string(5000, 'x')); });
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(error, "a.csv: cannot be written: File too large");
  EXPECT_EQ(content("a.csv"), "old");
  EXPECT_EQ(names(), std::vector<std::string>{"a.csv"});
}

TEST_F(Output, ChecksExtensionsForWhatTheFileIsToHold) {
  check_writable("-", Content::plan);
  check_writable(path("a.json"));
  check_writable(path("a.ply"), Content::measure);
  check_writable(path("a.npz"), Content::potentials);
  EXPECT_EQ(error_of([&] { check_writable(path("a.ply"), Content::plan); }),
            "a.ply: found extension '.ply', expected .csv or .npz");
  EXPECT_EQ(error_of([&] { check_writable(path("a.idx"), Content::measure); }),
            "a.idx: found extension '.idx', expected .csv, .tsv, .txt, .npy, .npz, .xyz, .off, .ply");
  EXPECT_EQ(error_of([&] { check_writable(path("a.csv.gz"), Content::measure); }),
            "a.csv.gz: found extension '.gz', expected .csv, .tsv, .txt, .npy, .npz, .xyz, .off, .ply");
  EXPECT_EQ(error_of([&] { check_writable(path("a.csv.gz"), Content::plan); }),
            "a.csv.gz: found extension '.gz', expected .csv or .npz");
  EXPECT_TRUE(names().empty()) << "asking writes nothing";
}

}  // namespace
}  // namespace brenier
