#include "brenier/potentials.hpp"

#include <cmath>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "brenier/solve.hpp"
#include "control/run_control.hpp"
#include "numeric/message.hpp"
#include "search/target_search.hpp"
#include "solve/potential_slope.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

void check_potential(const Points& targets, const Vector& psi) {
  if (targets.rows() == 0) throw std::invalid_argument("targets: there is none, at least one is needed");
  if (psi.size() != targets.rows()) {
    throw std::invalid_argument(message("psi: there are ", psi.size(), " entries for ", targets.rows(), " targets"));
  }
  check_finite_entries("psi", psi);
}

void check_queries(const Points& queries, const Points& targets) {
  if (queries.cols() != targets.cols()) {
    throw std::invalid_argument(
        message("queries: dimension ", queries.cols(), ", but the targets have ", targets.cols()));
  }
}

CTransform transform(const search::TargetSearch& targets, const Points& queries) {
  CTransform result;
  targets.c_transform(queries, result.value, result.minimizer);
  return result;
}

}  // namespace

CTransform c_transform(int order, const Points& targets, const Vector& psi, const Points& queries, int threads) {
  check_potential(targets, psi);
  check_queries(queries, targets);
  const auto search = search::make_search(order, targets, thread_count(threads));
  search->set_potential(psi);
  return transform(*search, queries);
}

/// Searches keep notes of what they have chosen, so they come one at a time.
struct Potential::Search {
  std::mutex mutex;
  std::unique_ptr<search::TargetSearch> targets;
};

Potential::Potential(const Solution& solution, const DiscreteMeasure& target, int threads)
    : Potential(solution.order, target.points(), solution.potentials.psi, threads) {}

Potential::Potential(int order, Points targets, Vector psi, int threads)
    : order_(GroundCost(order).order()), targets_(std::move(targets)), search_(std::make_shared<Search>()) {
  check_potential(targets_, psi);
  search_->targets = search::make_search(order_, targets_, thread_count(threads));
  search_->targets->set_potential(psi);
}

CTransform Potential::transform(const Points& x) const {
  check_queries(x, targets_);
  const std::lock_guard<std::mutex> lock(search_->mutex);
  return brenier::transform(*search_->targets, x);
}

Vector Potential::value(const Points& x) const { return transform(x).value; }

Points Potential::map(const Points& x) const {
  const std::vector<Index> minimizer = transform(x).minimizer;
  Points image(x.rows(), x.cols());
  for (Index i = 0; i < x.rows(); ++i) image.row(i) = targets_.row(minimizer[static_cast<std::size_t>(i)]);
  return image;
}

Points Potential::gradient(const Points& x) const { return potential_slope(order_, x, map(x)); }

}  // namespace brenier
