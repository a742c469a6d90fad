#pragma once

#include <optional>
#include <vector>

namespace brenier {

/// What repeated measurements say together.
struct Spread {
  double mean = 0.0;

  /// √(Σ(value − mean)² / (count − 1)), how much one measurement scatters; empty for a single one.
  std::optional<double> standard_deviation;
};

/// Sums are compensated. @throws std::invalid_argument when there is no value.
Spread spread_of(const std::vector<double>& values);

}  // namespace brenier
