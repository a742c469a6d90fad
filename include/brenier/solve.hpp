#pragma once

#include "brenier/certificate.hpp"
#include "brenier/discrete_measure.hpp"
#include "brenier/potentials.hpp"
#include "brenier/solve_options.hpp"
#include "brenier/solve_stats.hpp"
#include "brenier/termination.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// The answer: plan, potentials and their proof.
struct Solution {
  int order = 0;
  double distance = 0.0;  ///< W_p = (p · P)^(1/p) of the plan: exact when `termination.reason` is optimal.
  TransportPlan plan;
  Potentials potentials;  ///< Canonical, at every point of both clouds.
  Certificate certificate;
  Termination termination;
  SolveStats stats;
};

/// Bytes that a solve may take where `SolveOptions::memory` says nothing: half of what is free now. Whoever runs
/// several solves at once shares them out.
double default_memory();

/// Solves T_p = min { Σ πᵢⱼ c_p(xᵢ, yⱼ) : π ≥ 0, Σⱼ πᵢⱼ = aᵢ, Σᵢ πᵢⱼ = bⱼ } exactly and certifies the answer over all
/// n×m pairs.
///
/// Coordinates that tell no points apart are left out: those in which all points of each cloud (p = 2), or of both
/// (p = 1), have the same value. d is the number of the others.
///
/// Masses are rounded to 64-bit integers of equal sum first: exactly for uniform weights and wherever the ratios of
/// the weights allow it, otherwise within `certificate.mass_rounding`.
/// @throws std::invalid_argument for clouds of different dimension, masses that differ (unless `normalize`), an order
/// other than 1 or 2, a time limit that is not positive, a negative memory, `line` for d > 1.
/// @throws std::length_error when the chosen engine would need more memory than `options.memory`, or more than there
/// is; the message says how much.
Solution solve(const DiscreteMeasure& source, const DiscreteMeasure& target, const SolveOptions& options = {});

}  // namespace brenier
