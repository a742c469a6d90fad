#pragma once

#include <string>

namespace brenier::cli {

/// A file that grows by appending, held by one process at a time.
///
/// Each text is handed to the system in one piece: a kill at any moment leaves whole texts and at most one cut one.
class LockedFile {
 public:
  /// Opens the file, or makes it.
  /// @throws FileError when it cannot be written, or another process holds it.
  explicit LockedFile(std::string name);
  ~LockedFile();
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

  /// All that is in it. @throws FileError
  std::string read() const;

  /// @throws WriteError
  void append(const std::string& text) const;

  /// Keeps the first so many bytes. @throws FileError
  void cut(std::size_t size) const;

 private:
  [[noreturn]] void refuse() const;

  std::string name_;
  int descriptor_;
};

}  // namespace brenier::cli
