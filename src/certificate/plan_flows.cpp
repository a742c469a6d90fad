#include "certificate/plan_flows.hpp"

namespace brenier {

void set_exact_masses(TransportPlan& plan, const ExactWeights& weights) {
  ExactMasses masses(weights);
  visit_exact_flows(plan, masses, [&](std::size_t k, Int128 units) {
    const double mass = masses.mass_of(units).value();
    if (mass > 0.0) plan.entries[k].mass = mass;
  });
}

}  // namespace brenier
