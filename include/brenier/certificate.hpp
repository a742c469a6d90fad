#pragma once

#include <memory>

#include "brenier/discrete_measure.hpp"
#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// The proof of an answer, computed over all n×m pairs by code that knows nothing of the engine that gave it.
///
/// Weak duality: for every plan π and every feasible pair (φ, ψ),  D = Σ aᵢφᵢ + Σ bⱼψⱼ ≤ T_p ≤ P = Σ πᵢⱼ c_p(xᵢ, yⱼ).
/// A gap P − D within rounding therefore proves both the plan and the potentials optimal.
/// All costs are in the units of the input (length for p = 1, length² for p = 2) times mass.
struct Certificate {
  double primal = 0.0;  ///< P, summed with compensation.
  double dual = 0.0;    ///< D of the pair, a lower bound of T_p when the pair is feasible.
  double relative_gap =
      0.0;  ///< (P − D) / max(P, cost_scale), computed from centred clouds: far clouds cost no digits.

  /// max(0, max over sources of φᵢ + ψⱼ − cᵢⱼ) over the worst target j of each, each relative to the largest of
  /// |φᵢ|, |ψⱼ| and max(P, cost_scale)/mass: what is left of numbers of this size by rounding is no violation.
  double max_violation = 0.0;

  double marginal_residual = 0.0;  ///< Σᵢ|Σⱼπᵢⱼ − aᵢ| + Σⱼ|Σᵢπᵢⱼ − bⱼ|, relative to the total mass.
  double mass_rounding = 0.0;  ///< Bound of the mass moved by rounding the weights to integers, relative likewise.
  double lower_bound = 0.0;    ///< A proven lower bound of T_p, also where the given pair is not feasible.

  /// What it costs to gather each cloud in its own mean: for p = 2 the sum of both, which is the mass times the mean
  /// cost of the independent coupling of the centred clouds; for p = 1 the larger one, which is at most that.
  double cost_scale = 0.0;

  /// True when the gap, the violation and the marginals are all within `tolerance`.
  bool proves_optimality(double tolerance = 1e-12) const;
};

struct CertifyOptions {
  int order = 2;           ///< p, 1 or 2.
  bool normalize = false;  ///< Scale both clouds to mass 1 first.
  int threads = 0;         ///< 0 takes every core; the numbers do not depend on it.
};

/// Judges a plan and a pair of potentials, wherever they come from.
///
/// @throws std::invalid_argument for shapes that do not match, indices out of range, masses that are negative or not
/// finite, potentials that are not finite, or total masses that differ (unless `normalize`).
/// Time O(n·m·d) at worst, memory O(n + m).
Certificate certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                    const Potentials& potentials, const CertifyOptions& options = {});

class Judge;

/// `certify` for many answers, one after the other. While the targets stay the same it keeps its search structure, as
/// for the steps of a flow; its figures are those of `certify`.
class Certifier {
 public:
  /// @throws std::invalid_argument for an order other than 1 or 2.
  explicit Certifier(const CertifyOptions& options);
  ~Certifier();
  Certifier(Certifier&&) noexcept;
  Certifier& operator=(Certifier&&) noexcept;

  /// As the function `brenier::certify`.
  Certificate certify(const DiscreteMeasure& source, const DiscreteMeasure& target, const TransportPlan& plan,
                      const Potentials& potentials);

 private:
  CertifyOptions options_;
  std::unique_ptr<Judge> judge_;
};

}  // namespace brenier
