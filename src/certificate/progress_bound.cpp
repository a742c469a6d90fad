#include "certificate/progress_bound.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brenier {
namespace {

/// The values at their points, zero at all others, which have no mass.
Vector spread(const Vector& values, const std::vector<Index>& rows, Index points) {
  if (rows.empty()) return values;
  Vector all = Vector::Zero(points);
  for (std::size_t k = 0; k < rows.size(); ++k) all[rows[k]] = values[static_cast<Index>(k)];
  return all;
}

}  // namespace

ProgressBound::ProgressBound(const JudgedProblem& problem, std::vector<Index> source_rows,
                             std::vector<Index> target_rows)
    : weights_(problem.exact_weights),
      dimension_(problem.frame.dimension()),
      cost_unit_(problem.frame.to_input(1.0)),
      source_rows_(std::move(source_rows)),
      target_rows_(std::move(target_rows)) {
  const ExactProblem exact(problem.order, problem.frame, problem.source, problem.target, weights_, false);
  fixed_cost_ = exact.fixed_cost().value - exact.fixed_cost().error;
  decentring_ = exact.decentring();
}

double ProgressBound::operator()(const Vector& phi, const Vector& psi) const {
  const double lower = lower_bound(weights_, spread(phi, source_rows_, weights_.source().size()),
                                   spread(psi, target_rows_, weights_.target().size()), dimension_);
  const double margin = 16.0 * unit_roundoff;
  const double whole = (fixed_cost_ + std::max(lower, decentring_ * (1.0 - margin))).value();
  return cost_unit_ * std::max(0.0, whole) * (1.0 - margin);
}

}  // namespace brenier
