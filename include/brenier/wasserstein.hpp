#pragma once

#include <stdexcept>

#include "brenier/discrete_measure.hpp"
#include "brenier/solve.hpp"

namespace brenier {

/// A number that rests on an optimal plan was asked for, and the plan is not proven optimal: the solve was stopped, or
/// its certificate leaves more than rounding. Metrics are exact, or they are not given.
class NotProven : public std::runtime_error {
 public:
  explicit NotProven(Termination termination);

  const Termination& termination() const { return termination_; }

 private:
  Termination termination_;
};

/// `solve`, for callers who have no use for anything but an optimum.
/// @throws NotProven when the solve ends otherwise; what `solve` throws.
Solution solve_to_optimality(const DiscreteMeasure& source, const DiscreteMeasure& target,
                             const SolveOptions& options = {});

/// The Wasserstein distance W_p(μ, ν) = (p · T_p)^(1/p), p = `options.order`, exact and proven over all pairs.
///
/// Units: those of the coordinates, times mass^(1/p). There is no ½ in W₂: W₂² = min Σ πᵢⱼ |xᵢ − yⱼ|².
/// Source: Villani, Optimal Transport: Old and New (2009), Definition 6.1.
/// @throws NotProven when `options` stopped the solve; what `solve` throws.
double wasserstein(const DiscreteMeasure& source, const DiscreteMeasure& target, const SolveOptions& options = {});

}  // namespace brenier
