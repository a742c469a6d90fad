#pragma once

#include <memory>
#include <string>
#include <vector>

#include "io/arrays/npy.hpp"
#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// The arrays of a NumPy archive (a ZIP file, stored or deflated).
class NpzReader {
 public:
  /// @throws FileError unless the bytes are a ZIP archive.
  explicit NpzReader(const Input& input);
  ~NpzReader();
  NpzReader(const NpzReader&) = delete;
  NpzReader& operator=(const NpzReader&) = delete;

  bool contains(const std::string& array) const;

  /// @throws FileError when it is not there (naming what is), damaged, or not an array that `parse_npy` takes.
  NumberArray read(const std::string& array) const;

  /// An array of one column with `size` finite entries (any number of them for −1).
  /// @throws FileError
  NumberArray read_vector(const std::string& array, Index size) const;

 private:
  struct Contents;
  const std::string& file_;
  std::unique_ptr<Contents> contents_;
};

/// An array and its content, as `npy_bytes` gives it.
struct NamedBytes {
  std::string name;
  std::string bytes;
};

/// A NumPy archive of these arrays, stored, with fixed time stamps: same arrays, same bytes.
std::string npz_bytes(const std::string& file, const std::vector<NamedBytes>& arrays);

/// `points` and, where it is there, `weights`.
/// @throws FileError
Cloud read_npz(const Input& input);

/// `points`, and `weights` where they are not 1/n each.
std::string write_npz(const std::string& file, const DiscreteMeasure& measure);

}  // namespace brenier::io
