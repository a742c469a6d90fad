#pragma once

#include <cmath>

namespace brenier {

/// A sum whose error does not grow with the number of terms: |error| ≤ 2ε|Σx| + O(nε²)Σ|x|, ε = 2⁻⁵³.
///
/// Kahan's compensated summation in Neumaier's form, which also survives a term larger than the sum so far.
class CompensatedSum {
 public:
  void add(double x) {
    const double sum = sum_ + x;
    correction_ += std::abs(sum_) >= std::abs(x) ? (sum_ - sum) + x : (x - sum) + sum_;
    sum_ = sum;
  }

  double value() const { return sum_ + correction_; }

 private:
  double sum_ = 0.0;
  double correction_ = 0.0;
};

/// Σ wᵢ vᵢ with compensation; w and v are anything with size() and operator[].
template <typename Weights, typename Values>
double weighted_sum(const Weights& weights, const Values& values) {
  CompensatedSum sum;
  for (decltype(weights.size()) i = 0; i < weights.size(); ++i) sum.add(weights[i] * values[i]);
  return sum.value();
}

}  // namespace brenier
