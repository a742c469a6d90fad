#include "brenier/displacement.hpp"

#include <algorithm>
#include <stdexcept>

#include "values/shape_checks.hpp"

namespace brenier {
namespace {

/// One particle an entry of the plan.
DisplacedParticles split_along(const DiscreteMeasure& source, const DiscreteMeasure& target,
                               const TransportPlan& plan) {
  const auto count = static_cast<Index>(plan.entries.size());
  DisplacedParticles particles{Points(count, source.dimension()), Points(count, source.dimension()), Vector(count), {}};
  particles.identity.reserve(plan.entries.size());
  for (Index k = 0; k < count; ++k) {
    const PlanEntry& entry = plan.entries[static_cast<std::size_t>(k)];
    particles.points.row(k) = source.points().row(entry.source);
    particles.images.row(k) = target.points().row(entry.target);
    particles.weights[k] = entry.mass;
    particles.identity.push_back(entry.source);
  }
  return particles;
}

/// One particle a point of the source, on its way to the mean of its targets.
DisplacedParticles keep_whole(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan) {
  DisplacedParticles particles{source.points(), source.points(), source.weights(), {}};
  for (Index i = 0; i < source.size(); ++i) particles.identity.push_back(i);
  for (auto entry = plan.entries.begin(); entry != plan.entries.end();) {
    auto image = particles.images.row(entry->source);
    image = target.points().row(entry->target);  // Of a single target the very coordinates, not a quotient.
    double mass = entry->mass;
    const Index source_row = entry->source;
    for (++entry; entry != plan.entries.end() && entry->source == source_row; ++entry) {
      mass += entry->mass;
      image += entry->mass / mass * (target.points().row(entry->target) - image);
    }
  }
  return particles;
}

}  // namespace

std::string to_string(Displacement displacement) {
  switch (displacement) {
    case Displacement::matching:
      return "matching";
    case Displacement::split:
      return "split";
    case Displacement::barycentric:
      return "barycentric";
  }
  throw std::logic_error("an unknown displacement");
}

DisplacedParticles displace(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                            Displacement displacement) {
  check_plan("plan", plan, source.size(), target.size());
  const auto by_source = [](const PlanEntry& a, const PlanEntry& b) { return a.source < b.source; };
  if (!std::is_sorted(plan.entries.begin(), plan.entries.end(), by_source)) {
    throw std::invalid_argument("plan: its entries are not sorted by source");
  }
  if (displacement == Displacement::split) return split_along(source, target, plan);
  if (displacement == Displacement::matching && !plan.is_map()) {
    throw std::invalid_argument(
        "plan: it sends the mass of some points to several targets, so it is no matching; split the particles along "
        "it or take the barycentric projection");
  }
  return keep_whole(source, target, plan);
}

}  // namespace brenier
