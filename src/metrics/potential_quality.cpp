#include "brenier/potential_quality.hpp"

#include <algorithm>
#include <stdexcept>

#include "brenier/ground_cost.hpp"
#include "brenier/wasserstein.hpp"
#include "certificate/exact_problem.hpp"
#include "certificate/figures.hpp"
#include "control/run_control.hpp"
#include "problem/balanced_weights.hpp"
#include "problem/frame.hpp"
#include "search/target_search.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

/// Two clouds of mass 1 in the frame, and what potentials on them are worth there.
class DualProblem {
 public:
  DualProblem(const DiscreteMeasure& source, const DiscreteMeasure& target, int order, int threads)
      : order_(order),
        threads_(thread_count(threads)),
        weights_(balance(source, target, true)),
        exact_weights_(source.weights(), target.weights(), true),
        frame_(order, source, target),
        fixed_(ExactProblem(order, frame_, source, target, exact_weights_, false).fixed_cost().value) {}

  const Frame& frame() const { return frame_; }

  /// φᶜ on the targets.
  Vector transform_phi(const Vector& phi) const {
    return search::c_transform(order_, frame_.sources(), phi, frame_.targets(), threads_);
  }

  /// ψᶜ on the sources.
  Vector transform_psi(const Vector& psi) const {
    return search::c_transform(order_, frame_.targets(), psi, frame_.sources(), threads_);
  }

  /// Σ aᵢφᵢ + Σ bⱼψⱼ in the units of the input.
  double value(const Vector& phi, const Vector& psi) const {
    return frame_.to_input((fixed_ + figures::dual_value(weights_, phi, psi)).value());
  }

 private:
  int order_;
  int threads_;
  BalancedWeights weights_;
  ExactWeights exact_weights_;
  Frame frame_;
  DoubleDouble fixed_;
};

void check_given(const DiscreteMeasure& source, const DiscreteMeasure& target, const Potentials& potentials) {
  if (potentials.phi.size() == 0 && potentials.psi.size() == 0) {
    throw std::invalid_argument("potentials: neither phi nor psi is given, expected one at least");
  }
  if (potentials.phi.size() > 0) check_potential("phi", potentials.phi, source.size());
  if (potentials.psi.size() > 0) check_potential("psi", potentials.psi, target.size());
}

}  // namespace

double PotentialQuality::best_value() const {
  if (value_of_phi && value_of_psi) return std::max(*value_of_phi, *value_of_psi);
  return value_of_phi ? *value_of_phi : value_of_psi.value();
}

std::optional<double> PotentialQuality::relative_shortfall() const {
  if (transport_cost == 0.0) return std::nullopt;
  return 100.0 * shortfall() / transport_cost;
}

PotentialQuality potential_quality(const DiscreteMeasure& source, const DiscreteMeasure& target,
                                   const Potentials& potentials, int order, double transport_cost, int threads) {
  check_given(source, target, potentials);
  const DualProblem problem(source, target, GroundCost(order).order(), threads);
  const bool has_phi = potentials.phi.size() > 0, has_psi = potentials.psi.size() > 0;
  const Potentials framed = problem.frame().to_frame(
      {has_phi ? potentials.phi : Vector::Zero(source.size()), has_psi ? potentials.psi : Vector::Zero(target.size())});
  PotentialQuality quality;
  quality.transport_cost = transport_cost;
  if (has_phi) {
    const Vector psi = problem.transform_phi(framed.phi);
    quality.value_of_phi = problem.value(problem.transform_psi(psi), psi);
  }
  if (has_psi) {
    const Vector phi = problem.transform_psi(framed.psi);
    quality.value_of_psi = problem.value(phi, problem.transform_phi(phi));
    // φ + ψ ≤ c on all pairs is φ ≤ ψᶜ everywhere.
    if (has_phi) quality.worst_violation = problem.frame().to_input((framed.phi - phi).maxCoeff());
  }
  if (has_phi && has_psi) quality.given_value = problem.value(framed.phi, framed.psi);
  return quality;
}

PotentialQuality potential_quality(const DiscreteMeasure& source, const DiscreteMeasure& target,
                                   const Potentials& potentials, const SolveOptions& options) {
  check_given(source, target, potentials);
  SolveOptions solving = options;
  solving.normalize = true;
  const double transport_cost = solve_to_optimality(source, target, solving).certificate.primal;
  return potential_quality(source, target, potentials, options.order, transport_cost, options.threads);
}

}  // namespace brenier
