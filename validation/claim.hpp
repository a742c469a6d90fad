#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace brenier::validation {

/// How a measured figure stands to the predicted one.
enum class Relation {
  equal,
  at_most,
  at_least,
  reported,  ///< Nothing is predicted of it: a figure for the reader, which is not judged.
};

/// One statement of the theory, measured.
struct Claim {
  std::string statement;
  double measured = 0.0;
  double predicted = 0.0;
  double bound = 0.0;  ///< What the error may be; each is derived where the claim is made.
  Relation relation = Relation::equal;

  bool is_judged() const { return relation != Relation::reported; }

  /// By how much the measured figure misses the relation; NaN where one of both is.
  double error() const {
    if (!is_judged()) return 0.0;
    const double excess = measured - predicted;
    if (relation == Relation::equal || std::isnan(excess)) return std::abs(excess);
    return std::max(0.0, relation == Relation::at_most ? excess : -excess);
  }

  bool holds() const { return error() <= bound; }
};

using Claims = std::vector<Claim>;

}  // namespace brenier::validation
