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

Certifier::Certifier(const CertifyOptions& options)
    : options_(options),
      judge_(std::make_unique<Judge>(GroundCost(options.order).order(), thread_count(options.threads))) {}

Certifier::~Certifier() = default;
Certifier::Certifier(Certifier&&) noexcept = default;
Certifier& Certifier::operator=(Certifier&&) noexcept = default;

Certificate Certifier::certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                               const Potentials& potentials) {
  const BalancedWeights weights = balance(source, target, options_.normalize);
  check_plan("plan", plan, source.size(), target.size());
  check_potential("phi", potentials.phi, source.size());
  check_potential("psi", potentials.psi, target.size());
  const Frame frame(options_.order, source, target);
  return (*judge_)(frame, weights, plan, frame.to_frame(potentials));
}

Certificate certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                    const Potentials& potentials, const CertifyOptions& options) {
  return Certifier(options).certify(source, target, plan, potentials);
}

}  // namespace brenier
