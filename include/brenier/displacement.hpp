#pragma once

#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// How a plan moves particles where it sends the mass of one source to several targets. Where each source has one
/// target the three are the same.
enum class Displacement {
  matching,  ///< Each particle has one target T(xᵢ); a plan that splits a mass is refused.
  split,     ///< A particle for each entry of the plan: the mass πᵢⱼ goes from xᵢ to yⱼ. Exact for every plan.
  barycentric,  ///< A particle goes to the mean T(xᵢ) = Σⱼ πᵢⱼ yⱼ / Σⱼ πᵢⱼ: it stays whole, but is no geodesic.
};

/// "matching", "split", "barycentric".
std::string to_string(Displacement displacement);

/// Particles with the place where a plan sends each.
struct DisplacedParticles {
  Points points;                ///< k×d: where they are.
  Points images;                ///< k×d: T of each. A point without mass stays where it is.
  Vector weights;               ///< k: their mass.
  std::vector<Index> identity;  ///< k: the source that each belongs to, ascending.
};

/// The particles that the plan makes of the source, one a point for `matching` and `barycentric`, one an entry of the
/// plan for `split`.
/// @throws std::invalid_argument for a plan that does not fit the measures, or that splits a mass under `matching`.
/// Time and memory O((n + entries)·d).
DisplacedParticles displace(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                            Displacement displacement);

}  // namespace brenier
