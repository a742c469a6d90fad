#include "problem/rows_with_mass.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/rows.hpp"

namespace brenier {

// Some point carries units, so that an empty list cannot mean that none does.
RowsWithMass::RowsWithMass(const std::vector<std::int64_t>& units) : size_(units.size()) {
  const auto has_mass = [](std::int64_t mass) { return mass > 0; };
  if (std::all_of(units.begin(), units.end(), has_mass)) return;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (has_mass(units[i])) listed_.push_back(static_cast<Index>(i));
  }
  size_ = listed_.size();
}

std::vector<std::int64_t> RowsWithMass::select_units(std::vector<std::int64_t> units) const {
  if (are_all()) return units;
  for (std::size_t k = 0; k < size_; ++k) units[k] = units[static_cast<std::size_t>(listed_[k])];
  units.resize(size_);
  return units;
}

TransportPlan to_plan(const std::vector<Shipment>& shipments, const RowsWithMass& source_rows,
                      const RowsWithMass& target_rows, Index sources, Index targets, double unit_mass) {
  TransportPlan plan{sources, targets, {}};
  plan.entries.reserve(shipments.size());
  for (const Shipment& shipment : shipments) {
    plan.entries.push_back({source_rows[static_cast<std::size_t>(shipment.source)],
                            target_rows[static_cast<std::size_t>(shipment.target)],
                            static_cast<double>(shipment.units) * unit_mass});
  }
  std::sort(plan.entries.begin(), plan.entries.end(), [](const PlanEntry& a, const PlanEntry& b) {
    return a.source != b.source ? a.source < b.source : a.target < b.target;
  });
  return plan;
}

std::vector<Shipment> to_shipments(const TransportPlan& plan, const RowsWithMass& source_rows,
                                   const RowsWithMass& target_rows, double unit_mass) {
  const std::vector<Index> source_place = places(source_rows, plan.sources);
  const std::vector<Index> target_place = places(target_rows, plan.targets);
  std::vector<Shipment> shipments;
  for (const PlanEntry& entry : plan.entries) {
    const Index source = source_place[static_cast<std::size_t>(entry.source)];
    const Index target = target_place[static_cast<std::size_t>(entry.target)];
    const double units = std::round(entry.mass / unit_mass);
    // What is more than 2⁶² units, or without a place, is left to the engine's repair of the plan.
    if (source < 0 || target < 0 || !(units < 0x1p62)) continue;
    shipments.push_back({source, target, static_cast<std::int64_t>(units)});
  }
  return shipments;
}

std::vector<Index> sources_without_entry(const TransportPlan& plan) {
  std::vector<bool> has_entry(static_cast<std::size_t>(plan.sources));
  for (const PlanEntry& entry : plan.entries) has_entry[static_cast<std::size_t>(entry.source)] = true;
  std::vector<Index> rows;
  for (Index i = 0; i < plan.sources; ++i) {
    if (!has_entry[static_cast<std::size_t>(i)]) rows.push_back(i);
  }
  return rows;
}

Vector scatter(const Vector& psi, const RowsWithMass& rows, Index targets) {
  Vector scattered = Vector::Constant(targets, -std::numeric_limits<double>::infinity());
  for (std::size_t j = 0; j < rows.size(); ++j) scattered[rows[j]] = psi[static_cast<Index>(j)];
  return scattered;
}

}  // namespace brenier
