#include "judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "certificate_figures.hpp"
#include "compensated_sum.hpp"
#include "cost_scale.hpp"
#include "rows.hpp"
#include "spatial/kd_order.hpp"

namespace brenier {
namespace {

/// Σ πᵢⱼ c(xᵢ, yⱼ).
double plan_cost(const GroundCost& cost, const Frame& frame, const TransportPlan& plan) {
  CompensatedSum sum;
  for (const PlanEntry& entry : plan.entries) {
    const double* x = frame.sources().row(entry.source).data();
    const double* y = frame.targets().row(entry.target).data();
    sum.add(entry.mass * cost(x, y, frame.sources().cols()));
  }
  return sum.value();
}

}  // namespace

Judge::Search Judge::c_transform(const Frame& frame, const Vector& psi) {
  const Index n = frame.sources().rows();
  const Points& targets = frame.targets();
  if (pricing::wants_table(targets.cols())) {  // All pairs are looked at, in any order.
    Search search;
    const auto pricing = pricing::make_pricing(order_, targets, threads_, {costs_, false, {}, {}});
    pricing->set_potential(psi);
    pricing->c_transform(frame.sources(), search.value, search.minimizer);
    return search;
  }

  // Neighbours in turn look at the same targets. Sources that have moved since have much the same neighbours.
  if (static_cast<Index>(source_order_.size()) != n) source_order_ = spatial::kd_order(frame.sources(), threads_);
  if (targets_.rows() != targets.rows() || targets_.cols() != targets.cols() || targets_ != targets) {
    targets_ = targets;
    target_order_ = spatial::kd_order(targets_, threads_);
    minimizer_.clear();
    pricing_ = pricing::make_pricing_in_kd_order(order_, select_rows(targets_, target_order_), threads_);
  }

  Vector value;
  pricing_->set_potential(select_entries(psi, target_order_));
  pricing_->c_transform(select_rows(frame.sources(), source_order_), value, minimizer_);
  Search search{Vector(n), std::vector<Index>(static_cast<std::size_t>(n))};
  for (std::size_t k = 0; k < source_order_.size(); ++k) {
    search.value[source_order_[k]] = value[static_cast<Index>(k)];
    search.minimizer[static_cast<std::size_t>(source_order_[k])] =
        target_order_[static_cast<std::size_t>(minimizer_[k])];
  }
  return search;
}

Certificate Judge::operator()(const Frame& frame, const BalancedWeights& weights, const TransportPlan& plan,
                              const Potentials& framed) {
  const GroundCost cost(order_);
  const double primal = plan_cost(cost, frame, plan);
  const double dual = figures::dual_value(weights, framed.phi, framed.psi);
  const double fixed = frame.fixed_cost(weights.source, weights.target);
  const double own_scale = cost_scale(cost, frame, weights);
  const double scale = std::max(primal + fixed, own_scale);

  // φ ≤ ψᶜ everywhere is the same as φ + ψ ≤ c on all pairs, and (ψᶜ, ψ) is a feasible pair whatever ψ is.
  Search feasible = c_transform(frame, framed.psi);
  const double violation = figures::max_violation(framed, feasible.value, feasible.minimizer, scale / weights.mass);

  // Targets without mass bind no plan: a wild ψ there must not spoil the bound.
  if (violation > 0.0 && (weights.target.array() == 0.0).any()) {
    const double nobody = -std::numeric_limits<double>::infinity();
    feasible = c_transform(frame, (weights.target.array() > 0.0).select(framed.psi, nobody));
  }
  // Costs in the frame are not negative, so zero is a bound as well.
  const double lower_bound = std::max(0.0, figures::dual_value(weights, feasible.value, framed.psi));

  Certificate certificate;
  certificate.primal = frame.cost_unit() * (primal + fixed);
  certificate.dual = frame.cost_unit() * (dual + fixed);
  certificate.relative_gap = figures::relative(primal - dual, scale);
  certificate.max_violation = violation;
  certificate.marginal_residual = figures::marginal_residual(weights, plan);
  certificate.lower_bound = frame.cost_unit() * (lower_bound + fixed);
  certificate.cost_scale = frame.cost_unit() * own_scale;
  return certificate;
}

}  // namespace brenier
