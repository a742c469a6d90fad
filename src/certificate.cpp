#include "brenier/certificate.hpp"

#include <cmath>
#include <stdexcept>

#include "brenier/ground_cost.hpp"
#include "judge.hpp"
#include "message.hpp"
#include "run_control.hpp"

namespace brenier {
namespace {

void check_plan(const TransportPlan& plan, Index sources, Index targets) {
  if (plan.sources != sources || plan.targets != targets) {
    throw std::invalid_argument(message("plan: made for ", plan.sources, " sources and ", plan.targets,
                                        " targets, but the clouds have ", sources, " and ", targets));
  }
  for (std::size_t k = 0; k < plan.entries.size(); ++k) {
    const PlanEntry& entry = plan.entries[k];
    if (entry.source < 0 || entry.source >= sources || entry.target < 0 || entry.target >= targets) {
      throw std::invalid_argument(message("plan: entry ", k, " joins source ", entry.source, " and target ",
                                          entry.target, ", but there are ", sources, " and ", targets));
    }
    if (!std::isfinite(entry.mass) || entry.mass < 0.0) {
      throw std::invalid_argument(
          message("plan: entry ", k, " has mass ", entry.mass, ", expected a finite number that is not negative"));
    }
  }
}

void check_potential(const char* name, const Vector& potential, Index points) {
  if (potential.size() != points) {
    throw std::invalid_argument(message(name, ": there are ", potential.size(), " entries for ", points, " points"));
  }
  for (Index i = 0; i < points; ++i) {
    if (!std::isfinite(potential[i])) {
      throw std::invalid_argument(message(name, ": entry ", i, " is ", potential[i], ", expected a finite number"));
    }
  }
}

}  // namespace

bool Certificate::proves_optimality(double tolerance) const {
  return std::abs(relative_gap) <= tolerance && max_violation <= tolerance && marginal_residual <= tolerance;
}

Certificate certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                    const Potentials& potentials, const CertifyOptions& options) {
  const GroundCost cost(options.order);
  const BalancedWeights weights = balance(source, target, options.normalize);
  check_plan(plan, source.size(), target.size());
  check_potential("phi", potentials.phi, source.size());
  check_potential("psi", potentials.psi, target.size());
  const Frame frame(cost.order(), source, target);
  return judge(cost.order(), frame, weights, plan, frame.to_frame(potentials), thread_count(options.threads));
}

}  // namespace brenier
