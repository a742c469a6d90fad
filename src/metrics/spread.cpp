#include "brenier/spread.hpp"

#include <cmath>
#include <stdexcept>

#include "numeric/compensated_sum.hpp"

namespace brenier {

Spread spread_of(const std::vector<double>& values) {
  if (values.empty()) throw std::invalid_argument("spread: there is no value, at least one is needed");
  const auto count = static_cast<double>(values.size());
  CompensatedSum sum;
  for (const double value : values) sum.add(value);
  Spread spread;
  spread.mean = sum.value() / count;
  if (values.size() == 1) return spread;
  CompensatedSum squares;
  for (const double value : values) squares.add((value - spread.mean) * (value - spread.mean));
  spread.standard_deviation = std::sqrt(squares.value() / (count - 1.0));
  return spread;
}

}  // namespace brenier
