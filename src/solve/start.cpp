#include "brenier/start.hpp"

#include "brenier/cost_matrix.hpp"
#include "brenier/solve.hpp"
#include "solve/check_start.hpp"
#include "values/shape_checks.hpp"

namespace brenier {

Start::Start(const Solution& solution) : plan(solution.plan), potentials(solution.potentials) {}

Start::Start(const CostMatrixSolution& solution) : plan(solution.plan), potentials(solution.potentials) {}

void check_start(const Start& start, Index sources, Index targets) {
  if (start.plan) check_plan("start: plan", *start.plan, sources, targets);
  if (!start.potentials) return;
  if (start.potentials->phi.size() > 0) check_potential("start: phi", start.potentials->phi, sources);
  check_potential("start: psi", start.potentials->psi, targets);
}

}  // namespace brenier
