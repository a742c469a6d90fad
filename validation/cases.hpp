#pragma once

#include <functional>
#include <string>
#include <vector>

#include "brenier/monitor.hpp"
#include "claim.hpp"
#include "flow_under_test.hpp"

namespace brenier::validation {

/// Files of data sets that are not part of brenier; empty where they are not given.
struct DataSets {
  std::string mnist;         ///< Images, IDX.
  std::string mnist_labels;  ///< Their labels, IDX.
  std::string usps;          ///< Text: a line is the digit, then 256 values from −1 to 1.
};

/// What a run of the validation is told.
struct Setting {
  Fault fault = Fault::none;
  DataSets data;
  int threads = 0;             ///< 0 takes every core.
  Monitor* monitor = nullptr;  ///< Stops the solves; not owned, may be null.
};

/// Claims that belong together, on one problem.
struct Case {
  std::string name;
  std::string summary;
  bool quick = false;  ///< Part of the quick set.
  std::function<Claims(const Setting&)> run;

  /// The options that bring the data this case needs and that the setting lacks; empty when it can run.
  std::function<std::string(const DataSets&)> missing = [](const DataSets&) { return std::string(); };
};

/// Every case, in the order in which they are run.
const std::vector<Case>& cases();

}  // namespace brenier::validation
