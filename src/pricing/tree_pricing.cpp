#include "pricing/tree_pricing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "parallel.hpp"
#include "pricing/pair_cost.hpp"
#include "pricing/shortlist.hpp"
#include "pricing/slope_fit.hpp"
#include "spatial/kd_order.hpp"

namespace brenier::pricing {

namespace {

using spatial::cell_begin;

/// A leaf holds at most this many targets.
constexpr Index leaf_size = 8;

constexpr double rounding_unit = std::numeric_limits<double>::epsilon();

/// The tree for order P and dimension D (Eigen::Dynamic: known at run time only).
///
/// Nodes are numbered as in a heap: 1 is the root, 2i and 2i + 1 are the children of i.
template <int P, int D>
class Tree final : public TreePricing {
 public:
  /// @param targets in kd order.  @param labels what each target is called outside; empty where that is its place.
  Tree(Points targets, std::vector<Index> labels, int threads)
      : targets_(std::move(targets)),
        labels_(std::move(labels)),
        dimension_(targets_.cols()),
        threads_(threads),
        radius_(targets_.cwiseAbs().maxCoeff()) {
    while ((targets_.rows() >> depth_) > leaf_size) ++depth_;
    nodes_.resize(static_cast<std::size_t>(stride() * (Index{2} << depth_)));
    for_each_node([&](Index i) { bound_box(i); });
    set_potential(Vector::Zero(targets_.rows()));
  }

  void set_potential(const Vector& psi) override {
    psi_.resize(psi.size());
    for (Index j = 0; j < psi.size(); ++j) psi_[j] = psi[label(j)];
    greatest_psi_ = 0.0;
    for (const double value : psi_) {
      if (std::isfinite(value)) greatest_psi_ = std::max(greatest_psi_, std::abs(value));
    }
    const std::vector<double> slopes = fit_slopes(targets_, psi_, depth_, threads_);
    for_each_node([&](Index i) { bound_potential(i, slopes.data() + i * dimension()); });
  }

  void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const override {
    const Index n = queries.rows();
    value.resize(n);
    minimizer.resize(static_cast<std::size_t>(n));
    // Neighbours in turn: they look at the same nodes. Queries of an engine's level come in such an order already.
    const std::vector<Index> order = labels_.empty() ? std::vector<Index>() : spatial::kd_order(queries, threads_);
#pragma omp parallel for num_threads(query_threads(n)) schedule(dynamic, 256)
    for (Index k = 0; k < n; ++k) {
      const Index i = order.empty() ? k : order[static_cast<std::size_t>(k)];
      PricedTarget best;
      Shortlist shortlist(&best, 1, std::numeric_limits<double>::infinity());
      search(queries.data() + i * dimension(), shortlist);
      value[i] = best.value;
      minimizer[static_cast<std::size_t>(i)] = best.target;
    }
  }

  void best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                    BestTargets& result) const override {
    result.found.resize(static_cast<std::size_t>(count * k));
    result.count.resize(static_cast<std::size_t>(count));
#pragma omp parallel for num_threads(query_threads(count)) schedule(dynamic, 256)
    for (Index r = 0; r < count; ++r) {
      Shortlist shortlist(result.found.data() + r * k, k, bound[first + r]);
      search(queries.data() + (first + r) * dimension(), shortlist);
      result.count[static_cast<std::size_t>(r)] = shortlist.count();
    }
  }

  double share_visited(const Points& sample) const override {
    Index visited = 0;
    for (Index i = 0; i < sample.rows(); ++i) {
      PricedTarget best;
      Shortlist shortlist(&best, 1, std::numeric_limits<double>::infinity());
      visited += search(sample.data() + i * dimension(), shortlist);
    }
    return static_cast<double>(visited) / (static_cast<double>(sample.rows()) * static_cast<double>(targets_.rows()));
  }

 private:
  // A node is stored as low[d], high[d], g[d], α, max ψ.
  Index dimension() const { return D == Eigen::Dynamic ? dimension_ : D; }
  Index stride() const { return 3 * dimension() + 2; }
  double* node(Index i) { return nodes_.data() + i * stride(); }
  const double* node(Index i) const { return nodes_.data() + i * stride(); }

  /// A query costs about a thousand operations.
  int query_threads(Index queries) const { return worthwhile_threads(threads_, 1e3 * static_cast<double>(queries)); }

  Index label(Index j) const { return labels_.empty() ? j : labels_[static_cast<std::size_t>(j)]; }

  /// Calls visit(i) for every node, the small ones first.
  template <class Visit>
  void for_each_node(Visit&& visit) {
    const Index count = Index{2} << depth_;
    const double operations = 100.0 * static_cast<double>(targets_.size());
#pragma omp parallel for num_threads(worthwhile_threads(threads_, operations)) schedule(dynamic, 256)
    for (Index k = 1; k < count; ++k) visit(count - k);
  }

  /// First target below node i and one past the last.
  std::pair<Index, Index> range(Index i) const {
    int depth = 0;
    while ((Index{2} << depth) <= i) ++depth;
    const Index cell = i - (Index{1} << depth);
    return {cell_begin(targets_.rows(), depth, cell), cell_begin(targets_.rows(), depth, cell + 1)};
  }

  void bound_box(Index i) {
    const auto [begin, end] = range(i);
    double* low = node(i);
    double* high = low + dimension();
    for (Index k = 0; k < dimension(); ++k) {
      low[k] = std::numeric_limits<double>::infinity();
      high[k] = -low[k];
    }
    for (Index j = begin; j < end; ++j) {
      for (Index k = 0; k < dimension(); ++k) {
        low[k] = std::min(low[k], targets_(j, k));
        high[k] = std::max(high[k], targets_(j, k));
      }
    }
  }

  void bound_potential(Index i, const double* slope) {
    const auto [begin, end] = range(i);
    const double* low = node(i);
    const double* high = low + dimension();
    double* g = node(i) + 2 * dimension();
    std::copy(slope, slope + dimension(), g);
    double alpha = -std::numeric_limits<double>::infinity(), top = alpha;
    for (Index j = begin; j < end; ++j) {
      const double* y = targets_.data() + j * dimension();
      double modelled = 0.0;
      for (Index k = 0; k < dimension(); ++k) modelled += g[k] * (y[k] - 0.5 * (low[k] + high[k]));
      alpha = std::max(alpha, psi_[j] - modelled);
      top = std::max(top, psi_[j]);
    }
    // The model's own rounding, here and where a bound is taken from it, goes into α.
    double swing = std::abs(alpha);
    for (Index k = 0; k < dimension(); ++k) swing += std::abs(g[k]) * (high[k] - low[k]);
    if (std::isfinite(alpha)) alpha += 4.0 * static_cast<double>(dimension() + 4) * rounding_unit * swing;
    g[dimension()] = alpha;
    g[dimension() + 1] = top;
  }

  /// A lower bound of c(x, y) − ψ(y) for the targets y below node i, up to rounding.
  double lower_bound(Index i, const double* x) const {
    const double* low = node(i);
    const double* high = low + dimension();
    const double* g = high + dimension();
    const double alpha = g[dimension()];
    if constexpr (P == 2) {
      double bound = -alpha;
      for (Index k = 0; k < dimension(); ++k) {
        const double y = std::min(std::max(x[k] + g[k], low[k]), high[k]);
        const double difference = x[k] - y;
        bound += 0.5 * difference * difference - g[k] * (y - 0.5 * (low[k] + high[k]));
      }
      return bound;
    } else {
      double to_box = 0.0, to_centre = 0.0;
      for (Index k = 0; k < dimension(); ++k) {
        const double outside = std::max(std::max(low[k] - x[k], x[k] - high[k]), 0.0);
        const double difference = 0.5 * (low[k] + high[k]) - x[k];
        to_box += outside * outside;
        to_centre += difference * difference;
      }
      to_box = std::sqrt(to_box);
      to_centre = std::sqrt(to_centre);
      const double inverse = to_centre > 0.0 ? 1.0 / to_centre : 0.0;
      double tangent = to_centre - alpha;
      for (Index k = 0; k < dimension(); ++k) {
        const double e = (0.5 * (low[k] + high[k]) - x[k]) * inverse;
        tangent -= std::abs(e - g[k]) * 0.5 * (high[k] - low[k]);
      }
      return std::max(to_box - g[dimension() + 1], tangent);
    }
  }

  /// What rounding can take from a lower bound or add to a price, for a query of this size: both are sums of O(d) terms
  /// none of which exceeds the cost across the whole scene or the greatest |ψ|.
  double rounding(const double* x) const {
    double reach = radius_;
    for (Index k = 0; k < dimension(); ++k) reach = std::max(reach, std::abs(x[k]));
    const double terms = static_cast<double>(dimension() + 4);
    const double greatest_cost = P == 2 ? 2.0 * reach * reach : 2.0 * reach;
    return 4.0 * terms * terms * rounding_unit * (greatest_cost + greatest_psi_);
  }

  /// Returns how many targets it looked at.
  Index search(const double* x, Shortlist& shortlist) const {
    struct Pending {
      Index node;
      double bound;
    };
    std::array<Pending, 64> stack;
    std::size_t top = 0;
    const double slack = rounding(x);
    const Index first_leaf = Index{1} << depth_;
    Index visited = 0;
    stack[top++] = {1, lower_bound(1, x)};
    while (top > 0) {
      Pending pending = stack[--top];
      while (pending.bound <= shortlist.bound() + slack) {
        if (pending.node >= first_leaf) {
          visited += scan(pending.node - first_leaf, x, shortlist);
          break;
        }
        Pending near{2 * pending.node, lower_bound(2 * pending.node, x)};
        Pending far{2 * pending.node + 1, lower_bound(2 * pending.node + 1, x)};
        if (far.bound < near.bound) std::swap(near, far);
        if (far.bound <= shortlist.bound() + slack) stack[top++] = far;
        pending = near;
      }
    }
    return visited;
  }

  Index scan(Index leaf, const double* x, Shortlist& shortlist) const {
    const Index begin = cell_begin(targets_.rows(), depth_, leaf), end = cell_begin(targets_.rows(), depth_, leaf + 1);
    for (Index j = begin; j < end; ++j) {
      shortlist.offer(pair_cost<P, D>(x, targets_.data() + j * dimension(), dimension_) - psi_[j], label(j));
    }
    return end - begin;
  }

  Points targets_;
  std::vector<Index> labels_;
  Index dimension_;
  int threads_;
  double radius_;              ///< Greatest absolute coordinate of a target.
  double greatest_psi_ = 0.0;  ///< Greatest |ψ|.
  int depth_ = 0;              ///< Depth of the leaves.
  std::vector<double> nodes_;
  Vector psi_;
};

template <int P>
std::unique_ptr<TreePricing> make_for_order(Points targets, std::vector<Index> labels, int threads) {
  switch (targets.cols()) {
    case 2:
      return std::make_unique<Tree<P, 2>>(std::move(targets), std::move(labels), threads);
    case 3:
      return std::make_unique<Tree<P, 3>>(std::move(targets), std::move(labels), threads);
    default:
      return std::make_unique<Tree<P, Eigen::Dynamic>>(std::move(targets), std::move(labels), threads);
  }
}

std::unique_ptr<TreePricing> make(int order, Points targets, std::vector<Index> labels, int threads) {
  return order == 1 ? make_for_order<1>(std::move(targets), std::move(labels), threads)
                    : make_for_order<2>(std::move(targets), std::move(labels), threads);
}

}  // namespace

std::unique_ptr<TreePricing> make_tree_pricing(int order, const Points& targets, int threads) {
  std::vector<Index> labels = spatial::kd_order(targets, threads);
  Points ordered(targets.rows(), targets.cols());
  for (Index j = 0; j < targets.rows(); ++j) ordered.row(j) = targets.row(labels[static_cast<std::size_t>(j)]);
  return make(order, std::move(ordered), std::move(labels), threads);
}

std::unique_ptr<TreePricing> make_tree_pricing_in_kd_order(int order, const Points& targets, int threads) {
  return make(order, targets, {}, threads);
}

}  // namespace brenier::pricing
