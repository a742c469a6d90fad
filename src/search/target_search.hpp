#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "brenier/ground_cost.hpp"
#include "brenier/types.hpp"
#include "search/matrix/matrix_view.hpp"

namespace brenier::search {

/// c(x, y) − ψ(y): what a target costs a source once ψ is paid. The arithmetic that every implementation repeats bit by
/// bit: squares summed in the order of the dimensions, no fused multiply-add.
inline double priced_cost(const GroundCost& cost, const double* x, const double* y, Index dimension, double psi) {
  return cost(x, y, dimension) - psi;
}

/// A target and its price c(x, y) − ψ for some query x.
struct PricedTarget {
  double value = 0.0;
  Index target = 0;

  /// Cheaper first, the smaller index among equals.
  friend bool operator<(const PricedTarget& a, const PricedTarget& b) {
    return a.value < b.value || (a.value == b.value && a.target < b.target);
  }
};

/// The answers for a range of queries: for its r-th query found[r·k], …, found[r·k + count[r] − 1], ascending.
struct BestTargets {
  std::vector<PricedTarget> found;
  std::vector<int> count;
};

/// Answers "who violates φ + ψ ≤ c the most?" for one side of a problem.
///
/// Holds the targets y and their potential ψ; for a point x it finds the targets with the smallest c(x, yⱼ) − ψⱼ. The
/// values are exactly those of `priced_cost` for the pair, whatever the implementation; ties go to the smaller j.
class TargetSearch {
 public:
  virtual ~TargetSearch() = default;

  /// Replaces ψ (one entry a target); −∞ leaves a target out. One entry at least is finite.
  virtual void set_potential(const Vector& psi) = 0;

  /// value[i] = minⱼ c(xᵢ, yⱼ) − ψⱼ and the j that attains it, for each row of `queries`. Threaded.
  /// @param minimizer one entry a query (targets, as an earlier search for about the same queries has found them) makes
  /// the search faster and changes no answer; of any other size it is overwritten unread.
  virtual void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const = 0;

  /// For each row i = first, …, first + count − 1 of `queries` the k targets with the smallest c(xᵢ, yⱼ) − ψⱼ among
  /// those below bound[i]; fewer where fewer are. Threaded.
  virtual void best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                            BestTargets& result) const = 0;

  /// How it searched last: "tree" or "matrix".
  virtual std::string_view name() const = 0;
};

/// True for points that no tree prunes: their pairs are all looked at, and a table of rounded costs pays.
bool wants_matrix(Index dimension);

/// TargetSearch that suits the targets (m×d, copied; any order). ψ is set before the first search.
///
/// In low dimension both ways are at hand, and each search asks a sample of its own queries which one is cheaper. With
/// a table, searches read it.
std::unique_ptr<TargetSearch> make_search(int order, const Points& targets, int threads, MatrixView table = {});

/// The same for targets and queries in kd order, as a level of the multiscale engine has them.
std::unique_ptr<TargetSearch> make_search_in_kd_order(int order, const Points& targets, int threads,
                                                      MatrixView table = {});

/// minⱼ c(x, yⱼ) − ψⱼ at each row x of `queries`, by `make_search`.
Vector c_transform(int order, const Points& targets, const Vector& psi, const Points& queries, int threads,
                   MatrixView table = {});

}  // namespace brenier::search
