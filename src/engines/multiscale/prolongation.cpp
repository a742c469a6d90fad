#include "engines/multiscale/prolongation.hpp"

#include <algorithm>

#include "brenier/ground_cost.hpp"

namespace brenier::engines::multiscale {

std::vector<simplex::Flow> prolong_plan(int order, const std::vector<simplex::Flow>& coarse, int level,
                                        Index source_points, Index target_points, const OrderedCloud& sources,
                                        const OrderedCloud& targets, const Vector& phi, const Vector& psi) {
  const GroundCost cost(order);
  const Index d = sources.points.cols();
  const Index n = source_points, m = target_points;
  std::vector<std::int64_t> supply = sources.mass, demand = targets.mass;
  std::vector<simplex::Flow> plan;
  plan.reserve(static_cast<std::size_t>(sources.size() + targets.size()));

  struct Pair {
    double reduced_cost;
    Index source, target;
  };
  std::vector<Pair> pairs;
  for (const simplex::Flow& flow : coarse) {
    pairs.clear();
    for (Index i = first_child(n, level, flow.source); i < first_child(n, level, flow.source + 1); ++i) {
      for (Index j = first_child(m, level, flow.target); j < first_child(m, level, flow.target + 1); ++j) {
        const double c = cost(sources.points.row(i).data(), targets.points.row(j).data(), d);
        pairs.push_back({c - phi[i] - psi[j], i, j});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.reduced_cost < b.reduced_cost; });
    std::int64_t left = flow.units;
    for (const Pair& pair : pairs) {
      std::int64_t& from = supply[static_cast<std::size_t>(pair.source)];
      std::int64_t& to = demand[static_cast<std::size_t>(pair.target)];
      const std::int64_t units = std::min({from, to, left});
      if (units == 0) continue;
      from -= units;
      to -= units;
      left -= units;
      plan.push_back({static_cast<simplex::Node>(pair.source), static_cast<simplex::Node>(pair.target), units});
    }
  }
  std::sort(plan.begin(), plan.end());
  return plan;
}

}  // namespace brenier::engines::multiscale
