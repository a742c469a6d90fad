#pragma once

#include <cstdint>
#include <vector>

#include "brenier/transport_plan.hpp"

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

/// Sources that a plan has no entry for, ascending: those without mass.
std::vector<Index> sources_without_entry(const TransportPlan& plan);

}  // namespace brenier
