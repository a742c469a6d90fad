#pragma once

#include <vector>

#include "certificate/judge.hpp"

namespace brenier {

/// D⁻ from the potentials that an engine holds while it works: the same bound as in the certificate.
///
/// Keeps the weights and what every plan costs, but no points.
class ProgressBound {
 public:
  /// @param source_rows, target_rows the points that the engine knows, in its order; empty: all.
  ProgressBound(const JudgedProblem& problem, std::vector<Index> source_rows, std::vector<Index> target_rows);

  /// A lower bound of T_p in the units of the input.
  /// @param phi at most minⱼ cᵢⱼ − ψⱼ, up to the rounding of this subtraction.
  double operator()(const Vector& phi, const Vector& psi) const;

 private:
  ExactWeights weights_;
  Index dimension_;
  DoubleDouble fixed_cost_;
  double decentring_;
  double cost_unit_;
  std::vector<Index> source_rows_;
  std::vector<Index> target_rows_;
};

}  // namespace brenier
