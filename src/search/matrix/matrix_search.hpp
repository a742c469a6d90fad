#pragma once

#include <memory>

#include "search/matrix/matrix_view.hpp"
#include "search/matrix/row_search.hpp"
#include "search/target_search.hpp"

namespace brenier::search {

/// TargetSearch by looking at every pair, in blocks: no assumption on the points, made for high dimension.
///
/// A first look is in float32: rounded costs by matrix products, read from a table or computed on the way, and bounds
/// of the prices from them (price_bounds.hpp). Only pairs whose bounds leave open whether they matter are computed in
/// double. So every answer is that of a search in double, bit by bit, whatever the processor and the number of threads.
///
/// Time O(k·m·d) for k queries without a table, O(k·m) with it; memory O((k + m)·d) and a block of rows a thread. Where
/// the points are in tight clusters far apart, float32 tells the pairs of a cluster no longer apart and more pairs are
/// computed in double, at worst all.
class MatrixSearch : public TargetSearch {
 public:
  /// With a table all queries have to be those of the table.
  MatrixSearch(int order, const Points& targets, int threads, MatrixView table = {});
  MatrixSearch(const MatrixSearch&) = delete;
  MatrixSearch& operator=(const MatrixSearch&) = delete;

  void set_potential(const Vector& psi) override;
  void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const override;
  void best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                    BestTargets& result) const override;
  std::string_view name() const override { return "matrix"; }

 private:
  int order_;
  Points targets_;
  Vector psi_;
  int threads_;
  MatrixView table_;
  std::unique_ptr<RowSearch> rows_;  ///< Where queries are the rows of a table.
};

}  // namespace brenier::search
