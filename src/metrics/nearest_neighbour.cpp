#include "brenier/nearest_neighbour.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "brenier/potentials.hpp"
#include "control/run_control.hpp"
#include "numeric/message.hpp"
#include "search/target_search.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

void check_labels(const char* name, const Points& points, const std::vector<int>& labels) {
  if (static_cast<Index>(labels.size()) == points.rows()) return;
  throw std::invalid_argument(message(name, ": there are ", labels.size(), " labels for ", points.rows(), " points"));
}

/// The exponent of a power of two that brings all coordinates below one: then squares neither overflow nor vanish,
/// whatever the unit of length. Zero where there is none but zero.
int exponent_of(const Points& points) {
  const double largest = points.size() > 0 ? points.cwiseAbs().maxCoeff() : 0.0;
  return largest > 0.0 ? std::ilogb(largest) + 1 : 0;
}

Points scaled(const Points& points, int exponent) {
  return points.unaryExpr([exponent](double x) { return std::ldexp(x, -exponent); });
}

/// For each row of the points the nearest other row.
std::vector<Index> nearest_others(const Points& points, int threads) {
  const Index n = points.rows();
  const auto search = search::make_search(2, points, thread_count(threads));
  search->set_potential(Vector::Zero(n));
  search::BestTargets best;
  const Vector no_bound = Vector::Constant(n, std::numeric_limits<double>::infinity());
  search->best_targets(points, 0, n, no_bound, 2, best);
  std::vector<Index> nearest;
  for (std::size_t i = 0; i < static_cast<std::size_t>(n); ++i) {
    // A point is one of its own two nearest unless two others are in its place: then either will do.
    const Index first = best.found[2 * i].target, second = best.found[2 * i + 1].target;
    nearest.push_back(first == static_cast<Index>(i) ? second : first);
  }
  return nearest;
}

}  // namespace

NearestNeighbours nearest_neighbours(const Points& points, const Points& queries, int threads) {
  check_finite("points", points);
  check_finite("queries", queries);
  const int exponent = std::max(exponent_of(points), exponent_of(queries));
  CTransform transform =
      c_transform(2, scaled(points, exponent), Vector::Zero(points.rows()), scaled(queries, exponent), threads);
  const auto distance = [exponent](double cost) { return std::ldexp(std::sqrt(2.0 * cost), exponent); };
  return {std::move(transform.minimizer), transform.value.unaryExpr(distance)};
}

double nearest_neighbour_accuracy(const Points& labelled, const std::vector<int>& labels, const Points& unseen,
                                  const std::vector<int>& unseen_labels, int threads) {
  check_labels("labelled", labelled, labels);
  check_labels("unseen", unseen, unseen_labels);
  if (unseen.rows() == 0) throw std::invalid_argument("unseen: there is no point, at least one is needed");
  const std::vector<Index> nearest = nearest_neighbours(labelled, unseen, threads).index;
  Index right = 0;
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    if (labels[static_cast<std::size_t>(nearest[i])] == unseen_labels[i]) ++right;
  }
  return static_cast<double>(right) / static_cast<double>(unseen.rows());
}

TwoSampleAccuracy two_sample_accuracy(const Points& generated, const Points& target, int threads) {
  const Index n = generated.rows();
  if (n != target.rows() || n < 2) {
    throw std::invalid_argument(
        message("1-NN: ", n, " generated and ", target.rows(), " target points, expected as many of both, at least 2"));
  }
  if (generated.cols() != target.cols()) {
    throw std::invalid_argument(
        message("target: dimension ", target.cols(), ", but the generated points have ", generated.cols()));
  }
  check_finite("generated", generated);
  check_finite("target", target);
  Points both(2 * n, generated.cols());
  both << generated, target;
  const std::vector<Index> nearest = nearest_others(scaled(both, exponent_of(both)), threads);
  Index generated_right = 0, target_right = 0;
  for (Index i = 0; i < n; ++i) {
    if (nearest[static_cast<std::size_t>(i)] < n) ++generated_right;
    if (nearest[static_cast<std::size_t>(n + i)] >= n) ++target_right;
  }
  return {static_cast<double>(generated_right) / static_cast<double>(n),
          static_cast<double>(target_right) / static_cast<double>(n)};
}

}  // namespace brenier
