#pragma once

#include "brenier/types.hpp"

namespace brenier {

/// What is lost when a + b is rounded to `sum`: a + b − sum, exactly (Knuth, The Art of Computer Programming 2, section
/// 4.2.2). Without a branch, so that loops over it run in vector registers.
inline double lost_by_rounding(double a, double b, double sum) {
  const double rounded_b = sum - a;
  return (a - (sum - rounded_b)) + (b - rounded_b);
}

/// A sum whose error does not grow with the number of terms: |error| ≤ 2ε|Σx| + O(nε²)Σ|x|, ε = 2⁻⁵³.
///
/// Kahan's compensated summation in Neumaier's form, which also survives a term larger than the sum so far.
class CompensatedSum {
 public:
  void add(double x) {
    const double sum = sum_ + x;
    correction_ += lost_by_rounding(sum_, x, sum);
    sum_ = sum;
  }

  double value() const { return sum_ + correction_; }

 private:
  double sum_ = 0.0;
  double correction_ = 0.0;
};

/// A sum of vectors, each entry as in CompensatedSum.
class CompensatedVectorSum {
 public:
  explicit CompensatedVectorSum(Index size) : sum_(Vector::Zero(size)), correction_(Vector::Zero(size)) {}

  /// Adds term(k) to each entry k.
  template <class Term>
  void add(const Term& term) {
    double* sum = sum_.data();
    double* correction = correction_.data();
    for (Index k = 0; k < sum_.size(); ++k) {
      const double x = term(k), next = sum[k] + x;
      correction[k] += lost_by_rounding(sum[k], x, next);
      sum[k] = next;
    }
  }

  Vector value() const { return sum_ + correction_; }

 private:
  Vector sum_;
  Vector correction_;
};

/// Σ wᵢ vᵢ with compensation; w and v are anything with size() and operator[].
template <typename Weights, typename Values>
double weighted_sum(const Weights& weights, const Values& values) {
  CompensatedSum sum;
  for (decltype(weights.size()) i = 0; i < weights.size(); ++i) sum.add(weights[i] * values[i]);
  return sum.value();
}

}  // namespace brenier
