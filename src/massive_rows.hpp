#pragma once

#include <cstdint>
#include <vector>

#include "brenier/transport_plan.hpp"
#include "engines/engine.hpp"

namespace brenier {

/// Rows of the points that carry units: what an engine gets to see.
std::vector<Index> massive_rows(const std::vector<std::int64_t>& units);

/// The units of these rows, in this order.
std::vector<std::int64_t> select_units(const std::vector<std::int64_t>& units, const std::vector<Index>& rows);

/// Shipments between massive rows as a sorted plan between all points.
TransportPlan to_plan(const std::vector<engines::Shipment>& shipments, const std::vector<Index>& source_rows,
                      const std::vector<Index>& target_rows, Index sources, Index targets, double unit_mass);

/// Entries of a plan between massive rows as shipments. What is too much for an integer, or has no place among the
/// massive rows, is left out: engines repair a start.
std::vector<engines::Shipment> to_shipments(const TransportPlan& plan, const std::vector<Index>& source_rows,
                                            const std::vector<Index>& target_rows, double unit_mass);

/// Sources that a plan has no entry for, ascending: those without mass.
std::vector<Index> sources_without_entry(const TransportPlan& plan);

/// ψ of the massive rows, and −∞, no opinion, at the others.
Vector scatter(const Vector& psi, const std::vector<Index>& rows, Index targets);

}  // namespace brenier
