#include "io/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "brenier/io.hpp"
#include "io/failure.hpp"
#include "io/formats.hpp"

namespace brenier {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& name, const std::string& reason) {
  io::fail(name.string(), "cannot be written: " + reason);
}

[[noreturn]] void refuse_for_errno(const fs::path& name) { refuse(name, std::strerror(errno)); }

/// For a write that was begun and did not succeed.
[[noreturn]] void give_up(const std::string& name) {
  throw WriteError(name + ": cannot be written: " + std::strerror(errno));
}

bool writable(const fs::path& path) { return faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0; }

/// The open stream that a name stands for, or -1. It may lead to a file, which others write to as well.
int stream_of(const fs::path& path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  return -1;
}

/// A device, a pipe or a stream: written as it is, for there is nothing to replace.
bool is_special(const fs::path& path) {
  std::error_code ignored;
  return stream_of(path) >= 0 || fs::is_other(path, ignored);
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

/// Where the content goes in the end: the file that symbolic links lead to.
fs::path destination_of(const fs::path& name) {
  std::error_code error;
  if (stream_of(name) >= 0) return name;
  const fs::path resolved = fs::is_symlink(name, error) ? fs::weakly_canonical(name, error) : name;
  if (error == std::errc::too_many_symbolic_link_levels) refuse(name, error.message());
  return resolved;
}

/// Refuses what can be known to fail before a byte is written.
void check_destination(const fs::path& name, const fs::path& destination) {
  std::error_code error;
  const fs::file_status status = fs::status(destination, error);
  if (name.empty()) refuse(name, "the name is empty");
  if (fs::is_directory(status)) refuse(name, "it is a folder");
  if (fs::exists(status) && !writable(destination)) refuse_for_errno(name);
  if (is_special(destination)) return;
  const fs::path folder = folder_of(destination);
  const fs::file_status folder_status = fs::status(folder, error);
  if (folder_status.type() == fs::file_type::not_found) refuse(name, "there is no folder " + folder.string());
  if (fs::exists(folder_status) && !fs::is_directory(folder_status)) refuse(name, folder.string() + " is not a folder");
  if (!writable(folder)) refuse(name, "folder " + folder.string() + ": " + std::strerror(errno));
}

/// Takes bytes in, and closes what it writes to.
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : descriptor_(open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666)) {}
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile() { close(); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  /// False with errno set when not everything could be written.
  bool write(const std::string& content) {
    for (std::size_t done = 0; done < content.size();) {
      const ssize_t count = ::write(descriptor_, content.data() + done, content.size() - done);
      if (count < 0 && errno != EINTR) return false;
      if (count > 0) done += static_cast<std::size_t>(count);
    }
    return true;
  }

  /// The file mode of another file; what cannot be had is left out.
  void copy_mode(const fs::path& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) == 0) static_cast<void>(fchmod(descriptor_, status.st_mode & 07777));
  }

  /// To the disk, so that a loss of power leaves the old content or the new one. Not all that can be written can do so.
  bool synchronise() { return fsync(descriptor_) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS; }

  bool close() { return descriptor_ < 0 || ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

/// Removes a file at the end of the scope unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(fs::path path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    if (!path_.empty()) unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool rename_to(const fs::path& destination) {
    if (std::rename(path_.c_str(), destination.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  fs::path path_;
};

void write_special(const fs::path& name, const std::string& content) {
  const int stream = stream_of(name);
  OpenFile file = stream >= 0 ? OpenFile(dup(stream)) : OpenFile(name, 0);
  if (!file.is_open() || !file.write(content) || !file.close()) give_up(name);
}

/// Makes a new name in a folder last. A folder that may not be read cannot be asked to.
bool synchronise_folder(const fs::path& path) {
  OpenFile folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.is_open() ? folder.synchronise() : errno == EACCES || errno == EPERM;
}

void replace(const fs::path& name, const fs::path& destination, const std::string& content) {
  for (int attempt = 0;; ++attempt) {
    fs::path path = destination;
    path += ".tmp-" + std::to_string(getpid()) + "-" + std::to_string(attempt);
    OpenFile file(path, O_CREAT | O_EXCL);
    if (!file.is_open() && errno == EEXIST && attempt < 1000) continue;
    if (!file.is_open()) give_up(name);
    TemporaryFile temporary(path);
    file.copy_mode(destination);
    if (!file.write(content) || !file.synchronise() || !file.close() || !temporary.rename_to(destination))
      give_up(name);
    if (!synchronise_folder(folder_of(destination))) give_up(name);
    return;
  }
}

}  // namespace

void check_writable(const std::string& name, Content content) {
  if (content == Content::measure) io::format_to_write(name);
  if (content == Content::plan || content == Content::potentials) io::is_archive_to_write(name);
  if (content == Content::distances) io::is_array_to_write(name);
  if (name != "-") check_destination(name, destination_of(name));
}

void io::write_output(const std::string& name, const std::string& content) {
  if (name != "-") return write_file_atomically(name, content);
  const bool written = std::fwrite(content.data(), 1, content.size(), stdout) == content.size();
  if (!written || std::fflush(stdout) != 0) give_up("standard output");
}

void write_file_atomically(const std::filesystem::path& name, const std::string& content) {
  const fs::path destination = destination_of(name);
  check_destination(name, destination);
  if (is_special(destination)) {
    write_special(destination, content);
  } else {
    replace(name, destination, content);
  }
}

}  // namespace brenier
