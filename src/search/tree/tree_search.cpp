#include "search/tree/tree_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "problem/kd_order.hpp"
#include "search/matrix/matrix_search.hpp"
#include "search/pair_cost.hpp"
#include "search/shortlist.hpp"
#include "search/tree/quadratic_bound.hpp"
#include "search/tree/ray_bound.hpp"
#include "search/tree/ray_order.hpp"
#include "search/tree/tree_shape.hpp"

namespace brenier::search {

namespace {

constexpr Index leaf_size = TreeShape::leaf_size;

/// The tree for order P and dimension D (Eigen::Dynamic: known at run time only).
template <int P, int D>
class Tree final : public TreeSearch {
  using Bound = std::conditional_t<P == 1, RayBound<D>, QuadraticBound<D>>;

 public:
  /// @param in_kd_order whether targets and queries are.
  Tree(const Points& targets, bool in_kd_order, int threads)
      : targets_(targets),
        shape_(targets.rows()),
        threads_(threads),
        in_kd_order_(in_kd_order),
        groups_(static_cast<std::size_t>(shape_.groups() * group_stride())),
        leaves_(static_cast<std::size_t>(shape_.leaves() * leaf_stride())) {
    if (P == 2 && !in_kd_order) {
      order_ = kd_order(targets, threads);
    } else {
      order_.resize(static_cast<std::size_t>(targets.rows()));
      std::iota(order_.begin(), order_.end(), Index{0});
    }
  }

  void set_potential(const Vector& psi) override {
    psi_ = psi;
    if constexpr (P == 1) order_ = ray_order(targets_, psi_, threads_);
    for (int step = 0; step < shape_.steps(); ++step) fit_step(step);
    fill_leaves();
  }

  void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const override {
    const Index n = queries.rows();
    const bool guessed = static_cast<Index>(minimizer.size()) == n;
    value.resize(n);
    minimizer.resize(static_cast<std::size_t>(n));
    // Neighbours in turn: they look at the same nodes. Queries of an engine's level come in such an order already.
    const std::vector<Index> order = in_kd_order_ ? std::vector<Index>() : kd_order(queries, threads_);
    for_each_run(n, [&](Index first, Index last) {
      PricedTarget best;
      for (Index k = first; k < last; ++k) {
        const Index i = order.empty() ? k : order[static_cast<std::size_t>(k)];
        if (guessed) best.target = minimizer[static_cast<std::size_t>(i)];
        find(queries.data() + i * dimension(), std::numeric_limits<double>::infinity(), 1, &best,
             guessed || k > first ? 1 : 0);
        value[i] = best.value;
        minimizer[static_cast<std::size_t>(i)] = best.target;
      }
    });
  }

  void best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                    BestTargets& result) const override {
    result.found.resize(static_cast<std::size_t>(count * k));
    result.count.resize(static_cast<std::size_t>(count));
    for_each_run(count, [&](Index begin, Index end) {
      std::vector<PricedTarget> best(static_cast<std::size_t>(k));
      int found = 0;
      for (Index r = begin; r < end; ++r) {
        found = find(queries.data() + (first + r) * dimension(), bound[first + r], k, best.data(), found);
        std::copy_n(best.data(), found, result.found.data() + r * k);
        result.count[static_cast<std::size_t>(r)] = found;
      }
    });
  }

  std::unique_ptr<TargetSearch> as_blocks() const override {
    auto blocks = std::make_unique<MatrixSearch>(P, targets_, threads_, MatrixView());
    blocks->set_potential(psi_);
    return blocks;
  }

  double share_visited(const Points& sample) const override {
    Index visited = 0;
    for (Index i = 0; i < sample.rows(); ++i) {
      PricedTarget best;
      Shortlist shortlist(&best, 1, std::numeric_limits<double>::infinity());
      visited += leaf_size * search(sample.data() + i * dimension(), shortlist);
    }
    return static_cast<double>(visited) / (static_cast<double>(sample.rows()) * static_cast<double>(targets_.rows()));
  }

 private:
  /// Where a search goes on.
  struct Pending {
    double bound;
    Index cell;
    int step;  ///< Of the children of the cell.
  };

  Index dimension() const { return D == Eigen::Dynamic ? targets_.cols() : D; }
  Index group_stride() const { return Bound::doubles(dimension()); }

  // A leaf is stored as coordinate 0 of its targets, coordinate 1, …, ψ.
  Index leaf_stride() const { return leaf_size * (dimension() + 1); }

  /// Calls visit(first, last) for runs of consecutive queries. A query costs about a thousand operations.
  template <class Visit>
  void for_each_run(Index queries, Visit&& visit) const {
    constexpr Index run = 256;
    const int threads = worthwhile_threads(threads_, 1e3 * static_cast<double>(queries));
    ParallelErrors errors;
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (Index first = 0; first < queries; first += run) {
      errors.run([&] { visit(first, std::min(first + run, queries)); });
    }
    errors.rethrow();
  }

  void fit_step(int step) {
    const Index cells = shape_.cells(step);
    if (step == 0) {  // Places that no cell takes are never the cheaper ones.
      std::fill_n(groups_.data(), group_stride(), 0.0);
      std::fill_n(groups_.data() + group_stride() - fan, fan, -std::numeric_limits<double>::infinity());
    }
    const double operations = 50.0 * static_cast<double>(targets_.size());
    ParallelErrors errors;
#pragma omp parallel for num_threads(worthwhile_threads(threads_, operations)) schedule(dynamic, 16)
    for (Index cell = 0; cell < cells; ++cell) {
      const Index* order = order_.data();
      errors.run([&] {
        Bound::fit({targets_, psi_, order + shape_.begin(step, cell), order + shape_.end(step, cell)},
                   groups_.data() + shape_.group(step, cell) * group_stride(), TreeShape::lane(cell));
      });
    }
    errors.rethrow();
  }

  void fill_leaves() {
    const double operations = 5.0 * static_cast<double>(targets_.size());
#pragma omp parallel for num_threads(worthwhile_threads(threads_, operations)) schedule(static)
    for (Index leaf = 0; leaf < shape_.leaves(); ++leaf) {
      double* entry = leaves_.data() + leaf * leaf_stride();
      const Index begin = shape_.leaf_begin(leaf), count = shape_.leaf_begin(leaf + 1) - begin;
      for (Index k = 0; k < leaf_size; ++k) {
        const Index j = k < count ? order_[static_cast<std::size_t>(begin + k)] : -1;
        for (Index side = 0; side < dimension(); ++side) entry[leaf_size * side + k] = j < 0 ? 0.0 : targets_(j, side);
        entry[leaf_size * dimension() + k] = j < 0 ? -std::numeric_limits<double>::infinity() : psi_[j];
      }
    }
  }

  /// A bound of prices and, for that of the last subtraction, its own rounding. What else is rounded, in a lower bound
  /// of a cell and in the price of one of its targets, is relative to the cell and the way to it: the models take it
  /// off their bounds.
  static double with_rounding(double price) {
    return price + 4.0 * std::numeric_limits<double>::epsilon() * std::abs(price) + 0x1p-1000;
  }

  /// The k cheapest targets for x below `bound`; returns how many. What is in `best` already, `known` targets that some
  /// neighbour of x has found, serves as a first guess: x need not look at what is dearer than the k-th of them.
  int find(const double* x, double bound, int k, PricedTarget* best, int known) const {
    if (known == k) {
      double dearest = -std::numeric_limits<double>::infinity();
      for (int r = 0; r < k; ++r) dearest = std::max(dearest, price(x, best[r]));
      bound = std::min(bound, std::nextafter(dearest, std::numeric_limits<double>::infinity()));
    }
    Shortlist shortlist(best, k, bound);
    search(x, shortlist);
    return shortlist.count();
  }

  /// What a target that an earlier search has found costs x.
  double price(const double* x, const PricedTarget& target) const {
    return pair_cost<P, D>(x, targets_.data() + target.target * dimension(), dimension()) - psi_[target.target];
  }

  /// Depth first, the cheaper child first. Returns the number of leaves that it looked at.
  Index search(const double* x, Shortlist& shortlist) const {
    std::array<Pending, 4 * 32> stack;
    std::size_t top = 0;
    Index visited = 0;
    double limit = with_rounding(shortlist.bound());
    for (Pending at{-std::numeric_limits<double>::infinity(), 0, 0};;) {
      if (at.step == shape_.steps()) {
        scan(at.cell, x, shortlist);
        limit = with_rounding(shortlist.bound());
        ++visited;
      } else {
        double bound[fan];
        Bound::lower_bounds(groups_.data() + (shape_.first_group(at.step) + at.cell) * group_stride(), x, dimension(),
                            bound);
        const std::size_t base = top;
        for (int lane = 0; lane < fan; ++lane) {
          if (!(bound[lane] <= limit)) continue;
          std::size_t place = top++;
          for (; place > base && stack[place - 1].bound < bound[lane]; --place) stack[place] = stack[place - 1];
          stack[place] = {bound[lane], fan * at.cell + lane, at.step + 1};
        }
      }
      do {
        if (top == 0) return visited;
        at = stack[--top];
      } while (at.bound > limit);
    }
  }

  void scan(Index leaf, const double* x, Shortlist& shortlist) const {
    const double* y = leaves_.data() + leaf * leaf_stride();
    const double* psi = y + leaf_size * dimension();
    const double limit = shortlist.bound();
    double value[leaf_size] = {};
    for (Index side = 0; side < dimension(); ++side) {  // As pair_cost does it, for all targets at once.
      for (Index k = 0; k < leaf_size; ++k) {
        const double difference = x[side] - y[leaf_size * side + k];
        value[k] += difference * difference;
      }
    }
    bool any = false;
    for (Index k = 0; k < leaf_size; ++k) {
      value[k] = (P == 1 ? std::sqrt(value[k]) : 0.5 * value[k]) - psi[k];
      any |= value[k] <= limit;
    }
    if (!any) return;
    const Index* label = order_.data() + shape_.leaf_begin(leaf);
    const Index count = shape_.leaf_begin(leaf + 1) - shape_.leaf_begin(leaf);
    for (Index k = 0; k < count; ++k) {
      if (value[k] <= shortlist.bound()) shortlist.offer(value[k], label[k]);
    }
  }

  Points targets_;
  Vector psi_;
  std::vector<Index> order_;  ///< The targets in the order of the leaves.
  TreeShape shape_;
  int threads_;
  bool in_kd_order_;
  std::vector<double> groups_;
  std::vector<double> leaves_;
};

template <int P>
std::unique_ptr<TreeSearch> make_for_order(const Points& targets, bool in_kd_order, int threads) {
  switch (targets.cols()) {
    case 2:
      return std::make_unique<Tree<P, 2>>(targets, in_kd_order, threads);
    case 3:
      return std::make_unique<Tree<P, 3>>(targets, in_kd_order, threads);
    default:
      return std::make_unique<Tree<P, Eigen::Dynamic>>(targets, in_kd_order, threads);
  }
}

std::unique_ptr<TreeSearch> make(int order, const Points& targets, bool in_kd_order, int threads) {
  return order == 1 ? make_for_order<1>(targets, in_kd_order, threads)
                    : make_for_order<2>(targets, in_kd_order, threads);
}

}  // namespace

std::unique_ptr<TreeSearch> make_tree_search(int order, const Points& targets, int threads) {
  return make(order, targets, false, threads);
}

std::unique_ptr<TreeSearch> make_tree_search_in_kd_order(int order, const Points& targets, int threads) {
  return make(order, targets, true, threads);
}

}  // namespace brenier::search
