#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "run_process.hpp"

namespace brenier::test {

/// A test of the command line in an empty folder of its own.
class CliTest : public ::testing::Test {
 protected:
  CliTest();
  ~CliTest() override;

  /// The path of a file in the folder.
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Writes a file and returns its path.
  std::string file(const std::string& name, const std::string& content) const;

  /// Draws a cloud with `brenier sample KIND --n N --seed S`, writes it and returns its path.
  std::string cloud(const std::string& name, const std::string& kind, int n, int seed) const;

  /// The names in the folder, sorted.
  std::vector<std::string> files() const;

 private:
  std::filesystem::path folder_;
};

/// The content of a file.
std::string read_text(const std::string& path);

/// Names and contents of all files of a folder.
/// @param amend what counts of a file's content.
std::map<std::string, std::string> contents(
    const std::string& folder,
    const std::function<std::string(const std::string& name, const std::string& text)>& amend);

/// A CSV table without the columns of these names, e.g. those of wall-clock time, which differ from run to run.
std::string without_columns(const std::string& table, const std::vector<std::string>& names);

/// How often `part` stands in a text.
std::size_t occurrences(const std::string& text, const std::string& part);

/// Figures can only be drawn where it is.
bool has_gnuplot();

/// Expects the end that every error has: the exit code, nothing on standard output, one line `brenier: …` on standard
/// error that holds each of the fragments.
void expect_one_line_error(const ProcessResult& result, int exit_code, const std::vector<std::string>& fragments);

}  // namespace brenier::test
