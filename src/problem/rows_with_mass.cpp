#include "problem/rows_with_mass.hpp"

#include <algorithm>

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

std::vector<Index> sources_without_entry(const TransportPlan& plan) {
  std::vector<bool> has_entry(static_cast<std::size_t>(plan.sources));
  for (const PlanEntry& entry : plan.entries) has_entry[static_cast<std::size_t>(entry.source)] = true;
  std::vector<Index> rows;
  for (Index i = 0; i < plan.sources; ++i) {
    if (!has_entry[static_cast<std::size_t>(i)]) rows.push_back(i);
  }
  return rows;
}

}  // namespace brenier
