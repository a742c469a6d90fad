#pragma once

#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/displacement.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// The displacement interpolation β_s = ((1 − s)·id + s·T)#μ₀ between two measures, 0 ≤ s ≤ 1 (McCann 1997).
///
/// From an optimal plan for p = 2, `matching` or `split`, it is the geodesic of constant speed: W₂(β_s, β_r) =
/// |s − r| W₂(μ₀, μ_d) (Ambrosio, Gigli & Savaré 2008, Theorem 7.2.2). In the time t = −log(1 − s) it is the gradient
/// flow of ½W₂²(·, μ_d): μ*_t = β_{1−e^{−t}} and W₂(μ*_t, μ_d) = e^{−t} W₂(μ₀, μ_d) (Huang & Malik, arXiv 2406.13619).
/// `barycentric` ends in the barycentric projection of the plan, not in the target, unless the plan splits nothing.
class Geodesic {
 public:
  /// @param plan as `Solution::plan`; its cost and optimality are not looked at.
  /// @throws std::invalid_argument as `displace`.
  Geodesic(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
           Displacement displacement);

  /// β_s. Each coordinate is (1 − s)x + sT(x) in two roundings, so β_0 and β_1 are exact. O(k·d).
  /// @throws std::invalid_argument unless 0 ≤ s ≤ 1.
  DiscreteMeasure at(double s) const;

  /// μ*_t = β_{1−e^{−t}}; t = ∞ is the end.
  /// @throws std::invalid_argument unless t ≥ 0.
  DiscreteMeasure at_time(double t) const;

  /// 1 − e^{−t}, without loss of digits for small t.
  static double parameter_at_time(double t);

  Displacement displacement() const { return displacement_; }

  /// The source that each particle of `at(s)` belongs to.
  const std::vector<Index>& identity() const { return particles_.identity; }

 private:
  Displacement displacement_;
  DisplacedParticles particles_;
};

}  // namespace brenier
