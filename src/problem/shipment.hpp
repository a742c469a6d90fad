#pragma once

#include <cstdint>

#include "brenier/types.hpp"

namespace brenier {

/// Mass on one pair, in units of the problem.
struct Shipment {
  Index source = 0;
  Index target = 0;
  std::int64_t units = 0;
};

}  // namespace brenier
