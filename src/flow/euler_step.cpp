#include "flow/euler_step.hpp"

#include <vector>

#include "brenier/ground_cost.hpp"
#include "numeric/rows.hpp"
#include "problem/rows_with_mass.hpp"

namespace brenier::flow {
namespace {

/// The state's potential at any point.
Potential off_sample(const FlowState& state, const DiscreteMeasure& target, const FlowOptions& options) {
  return Potential(options.order, options.minibatch ? state.samples : target.points(), state.potentials.psi);
}

/// ψ′ of the step, and φ′ tight on every pair of the plan.
void expect_potentials(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options) {
  Potentials& potentials = state.potentials;
  if (options.order == 2) potentials.psi *= 1.0 - options.step;
  const GroundCost cost(options.order);
  for (const PlanEntry& entry : state.plan.entries) {
    const double* x = state.particles.row(entry.source).data();
    const double* y = target.points().row(entry.target).data();
    potentials.phi[entry.source] = cost(x, y, target.dimension()) - potentials.psi[entry.target];
  }
}

}  // namespace

Points moved(const Points& points, const Points& images, const FlowOptions& options) {
  if (options.order == 2) return (1.0 - options.step) * points + options.step * images;
  Points result = points;
  for (Index i = 0; i < points.rows(); ++i) {
    const double distance = (images.row(i) - points.row(i)).norm();
    if (distance == 0.0) continue;
    if (options.clip && distance <= options.step) {
      result.row(i) = images.row(i);
    } else {
      result.row(i) += options.step / distance * (images.row(i) - points.row(i));
    }
  }
  return result;
}

void follow_potential_without_mass(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options) {
  const std::vector<Index> rows = sources_without_entry(state.plan);
  if (rows.empty()) return;
  const CTransform transform = c_transform(options.order, target.points(), state.potentials.psi,
                                           select_rows(state.particles, rows), options.threads);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    state.potentials.phi[rows[k]] = transform.value[static_cast<Index>(k)];
    state.images.row(rows[k]) = target.points().row(transform.minimizer[k]);
  }
}

void take_euler_step(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options) {
  if (state.passengers.rows() > 0) {
    const Points images = off_sample(state, target, options).map(state.passengers);
    state.passengers = moved(state.passengers, images, options);
  }
  state.particles = moved(state.particles, state.images, options);
  if (!options.minibatch) expect_potentials(state, target, options);
}

}  // namespace brenier::flow
