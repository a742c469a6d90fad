#include "brenier/transport_plan.hpp"

#include <algorithm>

#include "numeric/compensated_sum.hpp"

namespace brenier {
namespace {

/// The mass of all entries, gathered by the index that `index_of` reads from an entry.
template <typename IndexOf>
Vector marginal(const std::vector<PlanEntry>& entries, Index size, IndexOf index_of) {
  std::vector<CompensatedSum> sums(static_cast<std::size_t>(size));
  for (const PlanEntry& entry : entries) sums[static_cast<std::size_t>(index_of(entry))].add(entry.mass);
  Vector masses(size);
  for (Index i = 0; i < size; ++i) masses[i] = sums[static_cast<std::size_t>(i)].value();
  return masses;
}

}  // namespace

Vector TransportPlan::source_marginal() const {
  return marginal(entries, sources, [](const PlanEntry& entry) { return entry.source; });
}

Vector TransportPlan::target_marginal() const {
  return marginal(entries, targets, [](const PlanEntry& entry) { return entry.target; });
}

bool TransportPlan::is_matching() const {
  std::vector<bool> source_seen(static_cast<std::size_t>(sources));
  std::vector<bool> target_seen(static_cast<std::size_t>(targets));
  for (const PlanEntry& entry : entries) {
    const auto i = static_cast<std::size_t>(entry.source);
    const auto j = static_cast<std::size_t>(entry.target);
    if (source_seen[i] || target_seen[j]) return false;
    source_seen[i] = target_seen[j] = true;
  }
  return true;
}

bool TransportPlan::is_map() const {
  const auto same_source = [](const PlanEntry& a, const PlanEntry& b) { return a.source == b.source; };
  return std::adjacent_find(entries.begin(), entries.end(), same_source) == entries.end();
}

}  // namespace brenier
