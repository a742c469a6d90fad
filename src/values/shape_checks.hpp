#pragma once

#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// Throws std::invalid_argument, with `name` in front, unless the plan joins `sources` and `targets` points by indices
/// in range and masses that are finite and not negative.
void check_plan(const char* name, const TransportPlan& plan, Index sources, Index targets);

/// Throws std::invalid_argument, with `name` in front, unless there is one finite number a point.
void check_potential(const char* name, const Vector& potential, Index points);

/// Throws std::invalid_argument, with `name` in front, for an entry that is not finite.
void check_finite_entries(const char* name, const Vector& values);
void check_finite(const char* name, const Eigen::Ref<const Points>& values);

/// Σ of the weights, one a point.
/// @throws std::invalid_argument, with `name` in front, for a wrong length, a negative or non-finite weight, or weights
/// that sum to zero or to more than a double holds.
double checked_mass(const char* name, const Vector& weights, Index points);

}  // namespace brenier
