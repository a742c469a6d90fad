#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "brenier/transport_plan.hpp"
#include "brenier/types.hpp"
#include "problem/integer_masses.hpp"
#include "problem/rows_with_mass.hpp"
#include "problem/shipment.hpp"

namespace brenier {

/// The masses of two sides as an engine wants them, integers of equal sum and none zero, and the way back.
class PreparedMasses {
 public:
  /// @param mass of each side, which the plan is to have.
  PreparedMasses(const Vector& source, const Vector& target, double mass);

  /// The rows that the engine gets to see.
  const RowsWithMass& sources() const { return source_rows_; }
  const RowsWithMass& targets() const { return target_rows_; }

  /// Units of these rows, > 0; given away, once.
  std::vector<std::int64_t> take_supply() { return std::move(supply_); }
  std::vector<std::int64_t> take_demand() { return std::move(demand_); }

  /// Bound of what rounding to integers has moved: see IntegerMasses.
  double rounding() const { return rounding_; }

  /// Shipments of the engine as a sorted plan between all points.
  TransportPlan to_plan(const std::vector<Shipment>& shipments) const;

  /// Entries of a plan between rows with mass as shipments. What is too much for an integer, or has no place among
  /// these rows, is left out: engines repair a start.
  std::vector<Shipment> to_shipments(const TransportPlan& plan) const;

  /// ψ of the engine's targets, and −∞, no opinion, at the others.
  Vector to_all_targets(const Vector& psi) const;

 private:
  PreparedMasses(IntegerMasses masses, Index sources, Index targets, double mass);

  Index all_sources_;
  Index all_targets_;
  RowsWithMass source_rows_;
  RowsWithMass target_rows_;
  std::vector<std::int64_t> supply_;
  std::vector<std::int64_t> demand_;
  double unit_mass_;
  double rounding_;
};

}  // namespace brenier
