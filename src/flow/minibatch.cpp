#include "flow/minibatch.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "numeric/message.hpp"
#include "numeric/rows.hpp"
#include "sampling/draw_rows.hpp"

namespace brenier::flow {
namespace {

using sampling::rows_with_mass;

/// Seeds of a step: the words of a generator of (seed, step), so that no two steps share one.
struct StepSeeds {
  StepSeeds(std::uint64_t seed, Index step) {
    sampling::Random random = sampling::numbered_random(seed, static_cast<std::uint64_t>(step));
    targets = random.bits();
    particles = random.bits();
  }
  std::uint64_t targets, particles;
};

/// `count` of the rows that carry mass, each set of them equally likely, ascending.
std::vector<Index> draw_ascending(const Vector& weights, Index count, std::uint64_t seed) {
  std::vector<Index> rows = sampling::draw_rows(weights, count, seed);
  std::sort(rows.begin(), rows.end());
  return rows;
}

DiscreteMeasure draw_targets(const Minibatch& minibatch, const DiscreteMeasure& target, std::uint64_t seed) {
  if (!minibatch.law) {
    return sampling::select_points(target, draw_ascending(target.weights(), minibatch.targets, seed));
  }
  SampleOptions law = *minibatch.law;
  law.n = minibatch.targets;
  law.seed = seed;
  return sample(law);
}

void check_count(const char* name, Index count, Index available) {
  if (count < 1 || count > available) {
    throw std::invalid_argument(
        message("minibatch: ", name, " is ", count, ", expected 1 to ", available, ", the points that carry mass"));
  }
}

}  // namespace

void check(const Minibatch& minibatch, const FlowState& state, const DiscreteMeasure& target) {
  if (minibatch.particles != 0) {
    check_count("particles", minibatch.particles, static_cast<Index>(rows_with_mass(state.weights).size()));
  }
  if (!minibatch.law) {
    check_count("targets", minibatch.targets, static_cast<Index>(rows_with_mass(target.weights()).size()));
    return;
  }
  if (minibatch.targets < 1) {
    throw std::invalid_argument(message("minibatch: targets is ", minibatch.targets, ", expected 1 or more"));
  }
  const Index dimension = draw_targets({1, 0, minibatch.law, 0}, target, 0).dimension();
  if (dimension != target.dimension()) {
    throw std::invalid_argument(message("minibatch: the law ", minibatch.law->kind, " has dimension ", dimension,
                                        ", but the clouds have ", target.dimension()));
  }
}

StepProof find_minibatch_potential(FlowState& state, const DiscreteMeasure& target, const FlowOptions& options) {
  const Minibatch& minibatch = *options.minibatch;
  const StepSeeds seeds(minibatch.seed, state.record.step);
  const DiscreteMeasure samples = draw_targets(minibatch, target, seeds.targets);
  const std::vector<Index> rows = minibatch.particles > 0
                                      ? draw_ascending(state.weights, minibatch.particles, seeds.particles)
                                      : rows_with_mass(state.weights);
  const DiscreteMeasure particles(select_rows(state.particles, rows), select_entries(state.weights, rows));

  SolveOptions solving = solve_options(options);
  solving.normalize = true;  // Each side is a sample of a law.
  Solution solution = solve(particles, samples, solving);
  state.samples = samples.points();
  state.potentials = std::move(solution.potentials);

  const Points images = displace(particles, samples, solution.plan, Displacement::barycentric).images;
  if (static_cast<Index>(rows.size()) < state.particles.rows()) {
    state.images = Potential(options.order, state.samples, state.potentials.psi).map(state.particles);
  } else {
    state.images.resizeLike(state.particles);
  }
  for (std::size_t k = 0; k < rows.size(); ++k) state.images.row(rows[k]) = images.row(static_cast<Index>(k));
  return {solution.termination, solution.certificate.primal, solution.certificate.relative_gap, false};
}

}  // namespace brenier::flow
