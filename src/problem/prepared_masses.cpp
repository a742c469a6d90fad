#include "problem/prepared_masses.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "numeric/rows.hpp"

namespace brenier {

PreparedMasses::PreparedMasses(const Vector& source, const Vector& target, double mass)
    : PreparedMasses(to_integer_masses(source, target), source.size(), target.size(), mass) {}

PreparedMasses::PreparedMasses(IntegerMasses masses, Index sources, Index targets, double mass)
    : all_sources_(sources),
      all_targets_(targets),
      source_rows_(masses.supply),
      target_rows_(masses.demand),
      supply_(source_rows_.select_units(std::move(masses.supply))),
      demand_(target_rows_.select_units(std::move(masses.demand))),
      unit_mass_(mass / static_cast<double>(masses.total)),
      rounding_(masses.rounding) {}

TransportPlan PreparedMasses::to_plan(const std::vector<Shipment>& shipments) const {
  TransportPlan plan{all_sources_, all_targets_, {}};
  plan.entries.reserve(shipments.size());
  for (const Shipment& shipment : shipments) {
    plan.entries.push_back({source_rows_[static_cast<std::size_t>(shipment.source)],
                            target_rows_[static_cast<std::size_t>(shipment.target)],
                            static_cast<double>(shipment.units) * unit_mass_});
  }
  std::sort(plan.entries.begin(), plan.entries.end(), [](const PlanEntry& a, const PlanEntry& b) {
    return a.source != b.source ? a.source < b.source : a.target < b.target;
  });
  return plan;
}

std::vector<Shipment> PreparedMasses::to_shipments(const TransportPlan& plan) const {
  const std::vector<Index> source_place = places(source_rows_, all_sources_);
  const std::vector<Index> target_place = places(target_rows_, all_targets_);
  std::vector<Shipment> shipments;
  for (const PlanEntry& entry : plan.entries) {
    const Index source = source_place[static_cast<std::size_t>(entry.source)];
    const Index target = target_place[static_cast<std::size_t>(entry.target)];
    const double units = std::round(entry.mass / unit_mass_);
    if (source < 0 || target < 0 || !(units < 0x1p62)) continue;
    shipments.push_back({source, target, static_cast<std::int64_t>(units)});
  }
  return shipments;
}

Vector PreparedMasses::to_all_targets(const Vector& psi) const {
  Vector all = Vector::Constant(all_targets_, -std::numeric_limits<double>::infinity());
  for (std::size_t j = 0; j < target_rows_.size(); ++j) all[target_rows_[j]] = psi[static_cast<Index>(j)];
  return all;
}

}  // namespace brenier
