#pragma once

#include <cstdint>
#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// A cloud whose points are in kd order, so that its clusters at every scale are ranges of points.
struct OrderedCloud {
  Points points;
  std::vector<std::int64_t> mass;

  Index size() const { return points.rows(); }
};

}  // namespace brenier
