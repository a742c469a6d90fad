#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "brenier/io.hpp"

namespace brenier::testing {

/// Gives each test an empty folder of its own.
class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "brenier-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }

  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Writes a file with this content and returns its path.
  std::string file(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }

  std::string content(const std::string& name) const {
    std::ifstream stream(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  /// Names of what the folder holds, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder_))
      all.push_back(entry.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
  }

  /// The FileError of an action without the folder of the test; other exceptions pass, none gives "no error".
  template <class Action>
  std::string error_of(const Action& action) const {
    try {
      action();
    } catch (const FileError& error) {
      std::string message = error.what();
      const std::string prefix = folder_.string() + "/";
      for (std::size_t at = 0; (at = message.find(prefix)) != std::string::npos;) message.erase(at, prefix.size());
      EXPECT_EQ(message.find('\n'), std::string::npos) << "a message is one line";
      return message;
    }
    return "no error";
  }

  /// The error of reading a cloud from a file with this content.
  std::string error_of_reading(const std::string& name, const std::string& content) const {
    file(name, content);
    return error_of([&] { read_measure(path(name)); });
  }

  std::filesystem::path folder_;
};

/// What messages expect in the place of an integer that a double does not hold.
inline const std::string exact_integer =
    "an integer that a double holds exactly (up to 2^53 any, beyond only multiples of 2, 4, 8, ...); subtract a common "
    "offset first";

/// A matrix from its rows, for comparisons.
inline Points rows(std::initializer_list<std::initializer_list<double>> values) {
  Points points(static_cast<Index>(values.size()), static_cast<Index>(values.begin()->size()));
  Index row = 0;
  for (const auto& line : values) {
    Index column = 0;
    for (const double value : line) points(row, column++) = value;
    ++row;
  }
  return points;
}

inline Vector entries(std::initializer_list<double> values) {
  return Eigen::Map<const Vector>(values.begin(), static_cast<Index>(values.size()));
}

}  // namespace brenier::testing
