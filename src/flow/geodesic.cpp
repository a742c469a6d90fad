#include "brenier/geodesic.hpp"

#include <cmath>
#include <stdexcept>

#include "numeric/message.hpp"

namespace brenier {

Geodesic::Geodesic(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                   Displacement displacement)
    : displacement_(displacement), particles_(displace(source, target, plan, displacement)) {}

DiscreteMeasure Geodesic::at(double s) const {
  if (!(s >= 0.0 && s <= 1.0)) throw std::invalid_argument(message("s: is ", s, ", expected 0 to 1"));
  return {(1.0 - s) * particles_.points + s * particles_.images, particles_.weights};
}

DiscreteMeasure Geodesic::at_time(double t) const { return at(parameter_at_time(t)); }

double Geodesic::parameter_at_time(double t) {
  if (!(t >= 0.0)) throw std::invalid_argument(message("t: is ", t, ", expected 0 or more"));
  return -std::expm1(-t);
}

}  // namespace brenier
