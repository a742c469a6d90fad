#pragma once

#include "cases.hpp"
#include "cold_solve.hpp"

namespace brenier::validation {

/// The statements of the flow papers on one problem, measured by cold solves that know nothing of a flow.
///
/// W₀ = W₂(μ₀, μ_d), β_s the geodesic, μ*_t = β_{1−e^{−t}}, μ_n the flow by forward Euler. Numbers as in the README of
/// this folder, which cites and derives.
class FlowStatements {
 public:
  /// @param source,target clouds of mass 1.
  /// @param displacement `matching`, or `split` where the plans split masses.
  /// @param setting must outlive this.
  FlowStatements(DiscreteMeasure source, DiscreteMeasure target, Displacement displacement, const Setting& setting);

  void add_geodesic(Claims& claims) const;         ///< 1: constant speed.
  void add_gradient_flow(Claims& claims) const;    ///< 2, 3 and 4: distance, velocity and loss along μ*_t.
  void add_euler(Claims& claims) const;            ///< 5: forward Euler stays on the geodesic.
  void add_convergence(Claims& claims) const;      ///< 6: first order in ε.
  void add_w1_flow(Claims& claims) const;          ///< 7: unit speed until the first overshoot.
  void add_clipped_w1_flow(Claims& claims) const;  ///< 7 with the last step clipped: to the end.

 private:
  FlowUnderTest flow(int order, double step, bool clip = false) const;
  ExactDistance to_target(const DiscreteMeasure& cloud, int order) const;
  double rounding(double roundings) const { return rounding_of_cloud(source_, target_, roundings); }

  DiscreteMeasure source_;
  DiscreteMeasure target_;
  Displacement displacement_;
  const Setting& setting_;
  Solution first_;       ///< Of order 2 between source and target.
  ExactDistance start_;  ///< W₀.
  Solution first_w1_;    ///< Of order 1.
  ExactDistance start_w1_;
};

/// Statements 1 to 7.
Claims all_flow_statements(DiscreteMeasure source, DiscreteMeasure target, Displacement displacement,
                           const Setting& setting);

}  // namespace brenier::validation
