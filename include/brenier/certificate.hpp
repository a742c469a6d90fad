#pragma once

#include <memory>
#include <optional>

#include "brenier/discrete_measure.hpp"
#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// The proof of an answer, computed over all n×m pairs by code that knows nothing of the engine that gave it.
///
/// Weak duality: for every plan π and every feasible pair (φ, ψ),  D = Σ aᵢφᵢ + Σ bⱼψⱼ ≤ T_p ≤ P = Σ πᵢⱼ c_p(xᵢ, yⱼ).
/// Both ends are proven operation by operation: with u = 2⁻⁵³ a cost made of coordinate differences is right to
/// (d + 4)u of itself, whatever else is in the cloud, and from there P⁺ ≥ P and D⁻ ≤ T_p carry the rounding of every
/// sum, of every potential at its own point, and of the weights. So [D⁻, P⁺] contains the true T_p between the given
/// points with the given weights.
///
/// A plan is called optimal when P⁺ − D⁻ ≤ 1e-12 · P⁺ + Σ πᵢⱼ (d + 4)u cᵢⱼ. For p = 2, P⁺ and D⁻ are there those of the
/// clouds moved to one mean: what every plan pays for the way between the means counts for nothing.
/// All costs are in the units of the input (length for p = 1, length² for p = 2) times mass.
struct Certificate {
  double primal = 0.0;       ///< P, summed with compensation.
  double dual = 0.0;         ///< D of the pair, a lower bound of T_p when the pair is feasible.
  double lower_bound = 0.0;  ///< D⁻: a proven lower bound of T_p, also where the given pair is not feasible.
  double upper_bound = 0.0;  ///< P⁺: a proven upper bound of T_p, at least what the plan costs.

  double distance = 0.0;        ///< W_p = (p·P)^(1/p) of the plan.
  double distance_lower = 0.0;  ///< The true W_p between the given clouds is not smaller …
  double distance_upper = 0.0;  ///< … and not larger.

  double relative_gap = 0.0;  ///< (P⁺ − D⁻) / P⁺, for p = 2 of the centred clouds; 0 where nothing is left of both.
  double cost_rounding = 0.0;  ///< (d + 4)u over the coordinates that vary; 0 for tables of costs, which are exact.

  /// max(0, max over sources of φᵢ + ψⱼ − cᵢⱼ) over the worst target j of each, each relative to |φᵢ| + |ψⱼ|.
  double max_violation = 0.0;

  double marginal_residual = 0.0;  ///< Σᵢ|Σⱼπᵢⱼ − aᵢ| + Σⱼ|Σᵢπᵢⱼ − bⱼ|, relative to the total mass.

  /// From a solve: a bound of the mass that its engine moved by rounding the weights to integers, relative likewise.
  /// The bounds above are those of the weights as they were given.
  std::optional<double> mass_rounding;

  /// What it costs to gather each cloud in its own mean: for p = 2 the sum of both, which is the mass times the mean
  /// cost of the independent coupling of the centred clouds; for p = 1 the larger one, which is at most that. A
  /// yardstick for people; no proof uses it.
  double cost_scale = 0.0;

  /// True when the plan is proven optimal, as said above with `tolerance` for 1e-12, has the given marginals within
  /// `tolerance`, and the pair of potentials violates φ + ψ ≤ c nowhere by more than that.
  bool proves_optimality(double tolerance = 1e-12) const;
};

struct CertifyOptions {
  int order = 2;           ///< p, 1 or 2.
  bool normalize = false;  ///< Scale both clouds to mass 1 first.
  int threads = 0;         ///< 0 takes every core; the numbers do not depend on it.

  /// Look at all pairs one by one, however many there are. Up to 10⁸ that is done in any case; above it a fast search
  /// finds the same in less time.
  bool verify = false;
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
