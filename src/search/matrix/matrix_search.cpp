#include "search/matrix/matrix_search.hpp"

#include <limits>
#include <utility>

#include "brenier/ground_cost.hpp"
#include "numeric/in_sequence.hpp"
#include "search/matrix/column_search.hpp"

namespace brenier::search {

MatrixSearch::MatrixSearch(int order, const Points& targets, int threads, MatrixView table)
    : order_(GroundCost(order).order()),
      targets_(targets),
      psi_(Vector::Zero(targets.rows())),
      threads_(threads),
      table_(std::move(table)) {
  if (table_.costs == nullptr || table_.transposed) return;
  if (table_.query_rows.empty()) table_.query_rows = in_sequence(table_.costs->rows());
  if (table_.target_columns.empty()) table_.target_columns = in_sequence(table_.costs->columns());
  rows_ = std::make_unique<RowSearch>(order_, *table_.costs, targets_, table_.target_columns, threads_);
}

void MatrixSearch::set_potential(const Vector& psi) {
  psi_ = psi;
  if (rows_ != nullptr) rows_->set_potential(psi);
}

void MatrixSearch::c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const {
  if (table_.costs != nullptr && table_.transposed) {
    return search_columns({order_, *table_.costs, queries, targets_, psi_, threads_}, value, minimizer);
  }
  const Vector no_bound = Vector::Constant(queries.rows(), std::numeric_limits<double>::infinity());
  BestTargets best;
  best_targets(queries, 0, queries.rows(), no_bound, 1, best);
  value.resize(queries.rows());
  minimizer.resize(best.found.size());
  for (std::size_t i = 0; i < best.found.size(); ++i) {
    const PricedTarget nothing{std::numeric_limits<double>::infinity(), 0};
    const PricedTarget& found = best.count[i] > 0 ? best.found[i] : nothing;
    value[static_cast<Index>(i)] = found.value;
    minimizer[i] = found.target;
  }
}

void MatrixSearch::best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                                BestTargets& result) const {
  if (rows_ != nullptr) return rows_->best_targets(queries, table_.query_rows, first, count, bound, k, result);
  // Only the queries asked for get a place in a table that is thrown away.
  const Points asked = queries.middleRows(first, count);
  const RoundedCosts costs(asked, targets_, threads_);
  const std::vector<Index> columns = in_sequence(targets_.rows());
  RowSearch search(order_, costs, targets_, columns, threads_);
  search.set_potential(psi_);
  search.best_targets(asked, in_sequence(count), 0, count, bound.segment(first, count), k, result);
}

}  // namespace brenier::search
