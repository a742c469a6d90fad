#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "brenier/certificate.hpp"
#include "reports/json_object.hpp"

namespace brenier::cli {

/// The shortest decimal that reads back as the same double: 0.1, not 0.10000000000000001.
std::string digits(double value);

/// With at most `significant` digits, for figures whose size is what matters.
std::string digits(double value, int significant);

/// "1 point", "2 points".
std::string count(Index number, const std::string& noun);

/// Two aligned columns, a label and what belongs to it.
class Summary {
 public:
  void add(const std::string& label, const std::string& value) { rows_.emplace_back(label, value); }

  /// Prints the columns, one row a line.
  friend std::ostream& operator<<(std::ostream& out, const Summary& summary);

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

/// What was judged, for the head of a report.
struct Instance {
  int order = 0;
  Index sources = 0;
  Index targets = 0;
  Index dimension = 0;
};

/// The figures of the certificate: what every command that has one prints.
void add_certificate(Summary& summary, const Certificate& certificate);

/// The same for programs, with the instance, under the names of the fields.
void add_certificate(JsonObject& json, const Instance& instance, const Certificate& certificate);

/// "512 x 512 points in 2 dimensions".
std::string describe(const Instance& instance);

/// The number of pairs (source, target) that a certificate covers.
std::string pairs(const Instance& instance);

/// Writes the JSON to the file, "-" being standard output.
void write_json(const std::string& name, const JsonObject& json);

}  // namespace brenier::cli
