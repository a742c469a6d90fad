#pragma once

#include <cstdint>
#include <vector>

#include "brenier/transport_plan.hpp"
#include "problem/shipment.hpp"

namespace brenier {

/// Rows of the points that carry units, ascending: what an engine gets to see.
class RowsWithMass {
 public:
  explicit RowsWithMass(const std::vector<std::int64_t>& units);

  std::size_t size() const { return size_; }
  Index operator[](std::size_t k) const { return are_all() ? static_cast<Index>(k) : listed_[k]; }

  /// True when each point carries units, the usual case, in which no list is kept.
  bool are_all() const { return listed_.empty(); }

  /// The rows, or nothing where these are all.
  const std::vector<Index>& listed() const { return listed_; }

  /// The units of these rows, in this order.
  std::vector<std::int64_t> select_units(std::vector<std::int64_t> units) const;

 private:
  std::size_t size_;
  std::vector<Index> listed_;
};

/// Shipments between rows with mass as a sorted plan between all points.
TransportPlan to_plan(const std::vector<Shipment>& shipments, const RowsWithMass& source_rows,
                      const RowsWithMass& target_rows, Index sources, Index targets, double unit_mass);

/// Entries of a plan between rows with mass as shipments. What is too much for an integer, or has no place among the
/// rows with mass, is left out: engines repair a start.
std::vector<Shipment> to_shipments(const TransportPlan& plan, const RowsWithMass& source_rows,
                                   const RowsWithMass& target_rows, double unit_mass);

/// Sources that a plan has no entry for, ascending: those without mass.
std::vector<Index> sources_without_entry(const TransportPlan& plan);

/// ψ of the rows with mass, and −∞, no opinion, at the others.
Vector scatter(const Vector& psi, const RowsWithMass& rows, Index targets);

}  // namespace brenier
