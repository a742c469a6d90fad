#include "brenier/certificate.hpp"

#include <cmath>
#include <stdexcept>

#include "brenier/ground_cost.hpp"
#include "judge.hpp"
#include "run_control.hpp"
#include "shape_checks.hpp"

namespace brenier {
bool Certificate::proves_optimality(double tolerance) const {
  return std::abs(relative_gap) <= tolerance && max_violation <= tolerance && marginal_residual <= tolerance;
}

Certificate certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                    const Potentials& potentials, const CertifyOptions& options) {
  const GroundCost cost(options.order);
  const BalancedWeights weights = balance(source, target, options.normalize);
  check_plan("plan", plan, source.size(), target.size());
  check_potential("phi", potentials.phi, source.size());
  check_potential("psi", potentials.psi, target.size());
  const Frame frame(cost.order(), source, target);
  return judge(cost.order(), frame, weights, plan, frame.to_frame(potentials), thread_count(options.threads));
}

}  // namespace brenier
