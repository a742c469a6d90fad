#include "runs/locked_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "brenier/io.hpp"

namespace brenier::cli {

LockedFile::LockedFile(std::string name)
    : name_(std::move(name)), descriptor_(open(name_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) refuse();
  // Where a file system knows no locks, nothing keeps a second process away.
  if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  close(descriptor_);
  throw FileError(name_ + ": another process is writing it");
}

LockedFile::~LockedFile() { close(descriptor_); }

std::string LockedFile::read() const {
  std::string text;
  char piece[65536];
  for (;;) {
    const ssize_t count = pread(descriptor_, piece, sizeof piece, static_cast<off_t>(text.size()));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(name_ + ": cannot be read: " + std::strerror(errno));
    if (count == 0) return text;
    text.append(piece, static_cast<std::size_t>(count));
  }
}

void LockedFile::append(const std::string& text) const {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t count = write(descriptor_, text.data() + done, text.size() - done);
    if (count < 0 && errno != EINTR) throw WriteError(name_ + ": cannot be written: " + std::strerror(errno));
    if (count > 0) done += static_cast<std::size_t>(count);
  }
}

void LockedFile::cut(std::size_t size) const {
  if (ftruncate(descriptor_, static_cast<off_t>(size)) != 0) refuse();
}

void LockedFile::refuse() const { throw FileError(name_ + ": cannot be written: " + std::strerror(errno)); }

}  // namespace brenier::cli
