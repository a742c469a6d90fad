#include "certificate/table_judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "certificate/canonical_potentials.hpp"
#include "certificate/figures.hpp"
#include "certificate/table_costs.hpp"
#include "certificate/transport_bounds.hpp"
#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "numeric/compensated_sum.hpp"
#include "search/table/table_transform.hpp"

namespace brenier::table {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The least of `sums` where there is mass.
double least(const Vector& sums, const Vector& weights) {
  return (weights.array() > 0.0).select(sums, infinity).minCoeff();
}

/// max(minⱼ Σᵢ aᵢ|cᵢⱼ|, minᵢ Σⱼ bⱼ|cᵢⱼ|), over allowed pairs.
double gathering_cost(const CostMatrix& costs, const BalancedWeights& weights) {
  Vector to_row(costs.rows()), to_column = Vector::Zero(costs.cols());
  Eigen::RowVectorXd sizes(costs.cols());
  for (Index i = 0; i < costs.rows(); ++i) {
    sizes = costs.row(i).unaryExpr([](double c) { return std::isfinite(c) ? std::abs(c) : 0.0; });
    to_row[i] = sizes.dot(weights.target);
    to_column += weights.source[i] * sizes.transpose();
  }
  return std::max(least(to_column, weights.target), least(to_row, weights.source));
}

/// Σ πᵢⱼ cᵢⱼ.
double plan_cost(const CostMatrix& costs, const TransportPlan& plan) {
  CompensatedSum sum;
  for (const PlanEntry& entry : plan.entries) sum.add(entry.mass * costs(entry.source, entry.target));
  return sum.value();
}

/// The entries of a plan on allowed pairs.
TransportPlan allowed_part(const CostMatrix& costs, const TransportPlan& plan) {
  TransportPlan allowed{plan.sources, plan.targets, {}};
  for (const PlanEntry& entry : plan.entries) {
    if (std::isfinite(costs(entry.source, entry.target))) allowed.entries.push_back(entry);
  }
  return allowed;
}

/// The cheapest columns of each row by c − ψ, for fine_bounds; ψ = −∞ leaves one out.
void search_table(const CostMatrix& costs, const Vector& psi, int wanted, int threads, const ShortlistVisit& visit) {
  const auto search_row = [&](Index i) {
    std::vector<search::PricedTarget> cheapest;
    for (Index j = 0; j < costs.cols(); ++j) {
      const search::PricedTarget pair{costs(i, j) - psi[j], j};
      if (!std::isfinite(pair.value)) continue;
      const bool has_room = cheapest.size() < static_cast<std::size_t>(wanted);
      if (!has_room && !(pair < cheapest.back())) continue;
      if (!has_room) cheapest.pop_back();
      cheapest.insert(std::upper_bound(cheapest.begin(), cheapest.end(), pair), pair);
    }
    visit(i, cheapest.data(), static_cast<int>(cheapest.size()));
  };
  ParallelErrors errors;
#pragma omp parallel for schedule(dynamic, 16) \
    num_threads(worthwhile_threads(threads, static_cast <double>(costs.size())))
  for (Index i = 0; i < costs.rows(); ++i) errors.run([&] { search_row(i); });
  errors.rethrow();
}

/// Bounds from a search in doubles: φ̂ᵢ = minⱼ cᵢⱼ − ψⱼ, where only this subtraction is rounded.
TransportBounds coarse_bounds(const TableCosts& table, const CostMatrix& costs, const ExactWeights& weights,
                              const TransportPlan& plan, const Vector& psi, const CTransform& search) {
  const auto slack = [&](const PlanEntry& entry) {
    if (search.minimizer[static_cast<std::size_t>(entry.source)] == entry.target) return 0.0;
    const double phi = search.value[entry.source];
    const double price = costs(entry.source, entry.target) - psi[entry.target];
    return (std::max(0.0, price - phi) + 2.0 * unit_roundoff * (std::abs(phi) + std::abs(price))) *
           (1.0 + 4.0 * unit_roundoff);
  };
  return bounds_of(plan, weights, table, [&table](Index i, Index j) { return table.cost(i, j); }, true,
                   {[&](Index i) { return DoubleDouble(search.value[i]) - unit_roundoff * std::abs(search.value[i]); },
                    [&](Index j) { return DoubleDouble(psi[j]); }, slack, 0.0});
}

TransportBounds find_bounds(const CostMatrix& costs, const ExactWeights& weights, const TransportPlan& plan,
                            const Vector& psi, const CTransform& search, int threads) {
  const TableCosts table(costs);
  const TransportBounds coarse = coarse_bounds(table, costs, weights, plan, psi, search);
  if (coarse.relative_gap() <= 1e-12) return coarse;
  TransportBounds fine = fine_bounds(table, weights, plan, psi, 0.0,
                                     [&](const Points&, const Vector& raised, int wanted, const ShortlistVisit& visit) {
                                       search_table(costs, raised, wanted, threads, visit);
                                     });
  fine.lower = std::max(fine.lower, coarse.lower);
  return fine;
}

/// Zero in place of what is infinite: the potential of a point without mass that may reach nobody.
Vector without_infinity(Vector values) {
  for (double& value : values) {
    if (std::isinf(value)) value = 0.0;
  }
  return values;
}

}  // namespace

Potentials canonical_potentials(const CostMatrix& costs, const Vector& psi, const BalancedWeights& weights,
                                int threads) {
  return brenier::canonical_potentials(
      psi, weights,
      [&](const Vector& values) { return without_infinity(transform_rows(costs, values, threads).value); },
      [&](const Vector& values) { return without_infinity(transform_columns(costs, values, threads)); });
}

Certificate judge(const CostMatrix& costs, const BalancedWeights& weights, const ExactWeights& exact,
                  const TransportPlan& plan, const Potentials& potentials, int threads) {
  Certificate certificate;
  CTransform feasible = transform_rows(costs, potentials.psi, threads);
  certificate.max_violation = figures::max_violation(potentials, potentials, feasible);
  // Columns without mass bind no plan: a wild ψ there must not spoil the bound.
  if (certificate.max_violation > 0.0 && (weights.target.array() == 0.0).any()) {
    feasible = transform_rows(costs, (weights.target.array() > 0.0).select(potentials.psi, -infinity), threads);
  }
  const TransportPlan allowed = allowed_part(costs, plan);
  const TransportBounds found = find_bounds(costs, exact, allowed, potentials.psi, feasible, threads);
  const bool is_allowed = allowed.entries.size() == plan.entries.size();

  certificate.primal = is_allowed ? plan_cost(costs, plan) : infinity;
  certificate.dual = figures::dual_value(weights, potentials.phi, potentials.psi);
  certificate.lower_bound = found.lower;
  certificate.upper_bound = is_allowed ? found.upper : infinity;
  certificate.distance = certificate.primal;
  certificate.distance_lower = certificate.lower_bound;
  certificate.distance_upper = certificate.upper_bound;
  certificate.relative_gap = is_allowed ? found.relative_gap() : infinity;
  certificate.marginal_residual = figures::marginal_residual(weights, plan);
  certificate.cost_scale = gathering_cost(costs, weights);
  return certificate;
}

}  // namespace brenier::table
