#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::cli {

/// A folder that is made with all above it that are not there. What was made and is still empty at the end is taken
/// away again: a command that fails before it has a result leaves nothing.
class NewFolder {
 public:
  /// @throws FileError
  explicit NewFolder(const std::filesystem::path& folder);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

 private:
  std::vector<std::filesystem::path> made_;  ///< The deepest first.
};

/// Makes the folder of a run where it is not there, and makes sure that it can be written into.
/// @throws FileError
[[nodiscard]] NewFolder make_run_folder(const std::filesystem::path& folder);

/// The numbers of the files particles_000000.npz, …, ascending.
std::vector<Index> snapshots(const std::filesystem::path& folder);

/// "particles_000042.npz".
std::string numbered(const std::string& stem, Index number);

/// @throws WriteError
void append_to(const std::string& name, const std::string& text);

/// The whole number in the first field of a row of a table, or −1.
Index row_number(const std::string& row);

/// Cuts off the rows of a table whose number is beyond `last`, and one that a kill left unfinished.
/// @param header the first line, with its line end.  @returns the last row that is left; empty when there is none.
/// @throws FileError for another header
std::string cut_table(const std::string& name, const std::string& header, Index last);

/// Removes what a kill left of files that were being written.
void remove_unfinished_files(const std::filesystem::path& folder);

/// Whether the folder holds a run, which is then the one that is asked for.
/// @param resume whether a run that is there is wanted.  @param now what run.json would be of the run asked for.
/// @param free_to_differ keys of it that do not change what is computed.
/// @throws UsageError for a run that is not wanted, or names the option that is not the one that it was begun with;
/// FileError
bool goes_on(const std::filesystem::path& folder, bool resume, const std::string& now,
             const std::vector<std::string>& free_to_differ);

}  // namespace brenier::cli
