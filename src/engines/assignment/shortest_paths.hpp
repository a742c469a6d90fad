#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "brenier/types.hpp"
#include "problem/shipment.hpp"

namespace brenier::engines::assignment {

/// A table of costs c(i, j) whose rows are padded for vector registers.
struct CostRows {
  Index sources = 0;
  Index targets = 0;
  Index stride = 0;           ///< Entries from one row to the next; those past the last target are infinite.
  std::vector<double> costs;  ///< sources × stride.

  const double* row(Index source) const { return costs.data() + source * stride; }
};

/// Successive shortest paths on a dense table of costs (Jonker and Volgenant 1987): right for any masses, fast for
/// equal ones. Unequal masses fall into ever smaller pieces, each of which needs a path of its own.
///
/// Holds a potential ψ on the targets and shipments only along pairs that are tight, c(i, j) − ψⱼ = min over j. Mass
/// that a source still has takes the shortest way, in reduced costs, over pairs and backwards over shipments, to a
/// target that still wants some. What the search has settled is then moved so that all shipments stay tight. Each step
/// of the search reads one row of the table; for tables that lie in cache few things are faster.
///
/// All in doubles: what is small next to 2⁻⁵³ of the largest cost is not seen.
class ShortestPaths {
 public:
  /// @param supply, demand units, > 0, of equal sum.  @param psi where to start; the better, the fewer and shorter
  /// paths.
  ShortestPaths(const CostRows& costs, std::vector<std::int64_t> supply, std::vector<std::int64_t> demand,
                const Vector& psi);

  /// False when `stop` said so; what has been shipped till then is part of a plan.
  bool run(const std::function<bool()>& stop);

  /// ψ, one entry a target.
  Vector psi() const { return psi_.head(costs_.targets); }

  /// What is shipped, by target.
  std::vector<Shipment> shipments() const;

 private:
  struct Flow {
    Index source;
    std::int64_t units;
  };

  void ship_along_cheapest();
  void bid(Index source);
  Index shortest_path(Index source);
  double look_from_arrived(double at);
  Index nearest_open(double distance) const;
  void settle(Index target, double distance);
  void augment(Index source, Index target);
  void ship(Index source, Index target, std::int64_t units);
  void take_back(Index source, Index target, std::int64_t units);

  const CostRows& costs_;
  std::vector<std::int64_t> supply_;        ///< What sources have left.
  std::vector<std::int64_t> demand_;        ///< What targets still want.
  std::vector<std::int64_t> whole_demand_;  ///< What they wanted at first.
  Vector psi_;                              ///< For each target, and zeros up to the stride.
  std::vector<std::vector<Flow>> flows_;    ///< Of each target.

  // Of one search, entries as those of a row.
  std::vector<double> distance_;     ///< Of targets that are not settled; −∞ for others.
  std::vector<double> previous_;     ///< The source before a target, a whole number: vector registers like one type.
  std::vector<Index> settled_;       ///< Targets, in the order of their distance.
  std::vector<double> settled_at_;   ///< Their distances.
  std::vector<Index> arrived_from_;  ///< The target before a source.
  std::vector<Index> arrived_;       ///< Sources that the last target sends mass back to.
  std::vector<std::int64_t> seen_;   ///< The last search that came over a source.
  std::int64_t searches_ = 0;
};

}  // namespace brenier::engines::assignment
