#include "search/target_search.hpp"

#include <algorithm>
#include <utility>

#include "search/matrix/matrix_search.hpp"
#include "search/tree/tree_search.hpp"

namespace brenier::search {

namespace {

/// Beyond this dimension a kd-tree of a million points splits each side at most once: it prunes nothing.
constexpr Index greatest_tree_dimension = 12;

/// Fewer targets than this are looked at faster than a tree is built.
constexpr Index fewest_tree_targets = 256;

/// At most so many queries tell whether the tree prunes, and at most one in as many.
constexpr Index sampled_queries = 64;

/// Looking at a target through the tree costs about as much as looking at this many in packs of the vector unit.
constexpr double tree_cost = 12.0;

/// A tree and, for queries where it does not prune, blocks.
class MeasuredSearch final : public TargetSearch {
 public:
  explicit MeasuredSearch(std::unique_ptr<TreeSearch> tree) : tree_(std::move(tree)) {}

  void set_potential(const Vector& psi) override {
    tree_->set_potential(psi);
    if (blocks_ != nullptr) blocks_->set_potential(psi);
  }

  void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const override {
    choose(queries, 0, queries.rows()).c_transform(queries, value, minimizer);
  }

  void best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                    BestTargets& result) const override {
    choose(queries, first, count).best_targets(queries, first, count, bound, k, result);
  }

  std::string_view name() const override { return chosen_->name(); }

 private:
  const TargetSearch& choose(const Points& queries, Index first, Index count) const {
    const Index rows = std::clamp<Index>(count / sampled_queries, 1, sampled_queries);
    Points sample(rows, queries.cols());
    for (Index k = 0; k < rows; ++k) sample.row(k) = queries.row(first + k * count / rows);
    if (tree_->share_visited(sample) * tree_cost < 1.0) {
      chosen_ = tree_.get();
    } else {
      if (blocks_ == nullptr) blocks_ = tree_->as_blocks();
      chosen_ = blocks_.get();
    }
    return *chosen_;
  }

  std::unique_ptr<TreeSearch> tree_;
  mutable std::unique_ptr<TargetSearch> blocks_;      ///< Made when first chosen.
  mutable const TargetSearch* chosen_ = tree_.get();  ///< The last choice, to be named.
};

bool suits_tree(const Points& targets) {
  return !wants_matrix(targets.cols()) && targets.rows() >= fewest_tree_targets;
}

}  // namespace

bool wants_matrix(Index dimension) { return dimension > greatest_tree_dimension; }

std::unique_ptr<TargetSearch> make_search(int order, const Points& targets, int threads, MatrixView table) {
  if (!suits_tree(targets)) return std::make_unique<MatrixSearch>(order, targets, threads, std::move(table));
  return std::make_unique<MeasuredSearch>(make_tree_search(order, targets, threads));
}

std::unique_ptr<TargetSearch> make_search_in_kd_order(int order, const Points& targets, int threads, MatrixView table) {
  if (!suits_tree(targets)) return std::make_unique<MatrixSearch>(order, targets, threads, std::move(table));
  return std::make_unique<MeasuredSearch>(make_tree_search_in_kd_order(order, targets, threads));
}

Vector c_transform(int order, const Points& targets, const Vector& psi, const Points& queries, int threads,
                   MatrixView table) {
  const auto search = make_search(order, targets, threads, std::move(table));
  search->set_potential(psi);
  Vector value;
  std::vector<Index> minimizer;
  search->c_transform(queries, value, minimizer);
  return value;
}

}  // namespace brenier::search
