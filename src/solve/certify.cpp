#include <cmath>
#include <stdexcept>

#include "brenier/certificate.hpp"
#include "brenier/ground_cost.hpp"
#include "certificate/judge.hpp"
#include "control/run_control.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
bool Certificate::proves_optimality(double tolerance) const {
  return relative_gap <= tolerance + cost_rounding && max_violation <= tolerance && marginal_residual <= tolerance;
}

Certifier::Certifier(const CertifyOptions& options)
    : options_(options),
      judge_(
          std::make_unique<Judge>(GroundCost(options.order).order(), thread_count(options.threads), options.verify)) {}

Certifier::~Certifier() = default;
Certifier::Certifier(Certifier&&) noexcept = default;
Certifier& Certifier::operator=(Certifier&&) noexcept = default;

Certificate Certifier::certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                               const Potentials& potentials) {
  check_plan("plan", plan, source.size(), target.size());
  check_potential("phi", potentials.phi, source.size());
  check_potential("psi", potentials.psi, target.size());
  const JudgedProblem problem(options_.order, source, target, options_.normalize);
  return (*judge_)(problem, plan, problem.frame.to_frame(potentials));
}

Certificate certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                    const Potentials& potentials, const CertifyOptions& options) {
  return Certifier(options).certify(source, target, plan, potentials);
}

}  // namespace brenier
