#pragma once

#include <string>
#include <vector>

#include "runs/locked_file.hpp"
#include "runs/pair_schedule.hpp"

namespace brenier::cli {

/// A pair whose distance is proven.
struct PairDistance {
  CloudPair pair;
  double distance = 0.0;
};

/// A line of a journal's head that must be there again when a run goes on.
struct JournalLine {
  std::string text;
  std::string meaning;  ///< For the message when it is not, e.g. the name of the cloud; may be empty.
};

/// The file that lets a run of many pairs go on after any break: a head that says of which run it is, then a row
/// `i,j,distance` for each finished pair, written as soon as the pair is finished.
///
/// A row that a kill has cut is cut off when the run goes on. While one process holds the file, another one is refused.
class PairJournal {
 public:
  /// Goes on with the journal of that name, or begins it.
  /// @throws FileError when it is of another run, is damaged, cannot be written, or is in use.
  PairJournal(std::string name, const std::vector<JournalLine>& head, Index clouds);

  const std::string& name() const { return name_; }

  /// The pairs that were finished before this process came.
  const std::vector<PairDistance>& earlier() const { return earlier_; }

  /// @throws WriteError
  void append(const PairDistance& finished) const;

  /// Takes the file away, where the result has been written elsewhere.
  void remove() const;

 private:
  std::string name_;
  LockedFile file_;
  std::vector<PairDistance> earlier_;
};

}  // namespace brenier::cli
