#include "simplex/flow.hpp"

#include <algorithm>

#include "numeric/in_sequence.hpp"
#include "problem/north_west_corner.hpp"

namespace brenier::simplex {

namespace {

/// Sorts the flows and adds up those of one pair.
void merge_pairs(std::vector<Flow>& plan) {
  std::sort(plan.begin(), plan.end());
  std::size_t kept = 0;
  for (const Flow& flow : plan) {
    if (kept > 0 && plan[kept - 1].source == flow.source && plan[kept - 1].target == flow.target) {
      plan[kept - 1].units += flow.units;
    } else {
      plan[kept++] = flow;
    }
  }
  plan.resize(kept);
}

}  // namespace

std::vector<Flow> corner_plan(const std::vector<std::int64_t>& supply, const std::vector<std::int64_t>& demand) {
  std::vector<Flow> plan;
  for (const Shipment& shipment : north_west_corner(in_sequence(static_cast<Index>(supply.size())),
                                                    in_sequence(static_cast<Index>(demand.size())), supply, demand)) {
    plan.push_back({static_cast<Node>(shipment.source), static_cast<Node>(shipment.target), shipment.units});
  }
  return plan;
}

void complete(std::vector<Flow>& plan, const std::vector<std::int64_t>& supply,
              const std::vector<std::int64_t>& demand) {
  const std::vector<Flow> rest = corner_plan(supply, demand);
  plan.insert(plan.end(), rest.begin(), rest.end());
  merge_pairs(plan);
}

std::vector<Flow> fitted_plan(const std::vector<Shipment>& shipments, std::vector<std::int64_t> supply,
                              std::vector<std::int64_t> demand) {
  std::vector<Flow> plan;
  for (const Shipment& shipment : shipments) {
    std::int64_t& from = supply[static_cast<std::size_t>(shipment.source)];
    std::int64_t& to = demand[static_cast<std::size_t>(shipment.target)];
    const std::int64_t units = std::min({shipment.units, from, to});
    if (units <= 0) continue;
    from -= units;
    to -= units;
    plan.push_back({static_cast<Node>(shipment.source), static_cast<Node>(shipment.target), units});
  }
  complete(plan, supply, demand);
  return plan;
}

}  // namespace brenier::simplex
