#include "pricing/row_search.hpp"

#include <algorithm>
#include <limits>

#include "parallel.hpp"
#include "pricing/directed_float.hpp"
#include "pricing/exact_prices.hpp"
#include "pricing/price_bounds.hpp"
#include "pricing/shortlist.hpp"

namespace brenier::pricing {
namespace {

/// The search of one thread: scratch for one row at a time.
class RowSearcher {
 public:
  /// @param target_at the target in each column of the table; −1: none.
  RowSearcher(const TableSearch& search, const PayingSide& columns, const AskingSide& rows,
              const std::vector<Index>& target_at, int k)
      : search_(search),
        columns_(columns),
        rows_(rows),
        target_at_(target_at),
        k_(k),
        groups_(search.costs.stride() / group_size),
        lower_(static_cast<std::size_t>(groups_)),
        upper_(static_cast<std::size_t>(groups_)) {}

  /// Fills the shortlist of a query that is row `row` of the table, with rounded costs q.
  void search(Index query, Index row, const float* q, double bound, Shortlist& shortlist) {
    const auto r = static_cast<std::size_t>(row);
    const RowBounds bounds(search_.order, q, groups_);
    bounds.ask_groups(rows_.radius[r], columns_, lower_.data(), upper_.data());
    const float limit = std::min(threshold(kth_upper(), rows_.window[r]), limit_of(bound, r));
    find_candidates(bounds, rows_.radius[r], limit);
    offer_candidates(query, shortlist);
  }

 private:
  /// The k-th smallest price is at most the k-th smallest of what each group has at most.
  float kth_upper() {
    if (k_ == 1) return *std::min_element(upper_.begin(), upper_.end());
    if (k_ > groups_) return std::numeric_limits<float>::infinity();
    const auto kth = upper_.begin() + (k_ - 1);
    std::nth_element(upper_.begin(), kth, upper_.end());
    return *kth;
  }

  /// What a lower bound is, at most, for a price below `bound`.
  float limit_of(double bound, std::size_t row) const {
    const double unit = search_.costs.unit();
    const double scaled = bound / (search_.order == 2 ? unit * unit : unit);
    const double margin = 4.0 * std::numeric_limits<double>::epsilon() * std::abs(scaled);
    return scaled == std::numeric_limits<double>::infinity()
               ? std::numeric_limits<float>::infinity()
               : float_above(scaled + margin + static_cast<double>(rows_.window[row]));
  }

  void find_candidates(const RowBounds& bounds, float row_radius, float limit) {
    candidates_.clear();
    for (Index g = 0; g < groups_; ++g) {
      if (lower_[static_cast<std::size_t>(g)] > limit) continue;
      float lower[group_size];
      bounds.ask_group(row_radius, columns_, g, lower);
      for (Index l = 0; l < group_size; ++l) {
        const Index column = g * group_size + l;
        if (lower[l] > limit || column >= search_.costs.columns()) continue;
        const Index target = target_at_[static_cast<std::size_t>(column)];
        if (target >= 0) candidates_.push_back(target);
      }
    }
  }

  void offer_candidates(Index query, Shortlist& shortlist) {
    const Index d = search_.targets.cols();
    const double* x = search_.queries.data() + query * d;
    pairs_.clear();
    for (const Index target : candidates_) pairs_.push_back({x, search_.targets.data() + target * d});
    cost_.resize(pairs_.size());
    pair_costs(search_.order, pairs_.data(), static_cast<Index>(pairs_.size()), d, cost_.data());
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      shortlist.offer(cost_[c] - search_.psi[candidates_[c]], candidates_[c]);
    }
  }

  const TableSearch& search_;
  const PayingSide& columns_;
  const AskingSide& rows_;
  const std::vector<Index>& target_at_;
  int k_;
  Index groups_;
  std::vector<float> lower_;
  std::vector<float> upper_;
  std::vector<Index> candidates_;
  std::vector<Pair> pairs_;
  std::vector<double> cost_;
};

}  // namespace

void search_rows(const TableSearch& search, const std::vector<Index>& rows, const std::vector<Index>& columns,
                 Index first, Index count, const Vector& bound, int k, BestTargets& result) {
  const RoundedCosts& costs = search.costs;
  const auto stride = static_cast<std::size_t>(costs.stride());
  std::vector<double> psi(stride, -std::numeric_limits<double>::infinity());
  std::vector<Index> target_at(stride, -1);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    psi[static_cast<std::size_t>(columns[j])] = search.psi[static_cast<Index>(j)];
    target_at[static_cast<std::size_t>(columns[j])] = static_cast<Index>(j);
  }
  const PayingSide paying = paying_side(search.order, costs.unit(), costs.column_error(), psi);
  const AskingSide asking = asking_side(search.order, costs.row_error());

  result.found.resize(static_cast<std::size_t>(count * k));
  result.count.resize(static_cast<std::size_t>(count));
  const Index step = costs.rows_at_a_time();
  const double work = static_cast<double>(count) * static_cast<double>(costs.stride());
#pragma omp parallel num_threads(worthwhile_threads(search.threads, work))
  {
    RoundedCosts::Reader reader(costs);
    RowSearcher searcher(search, paying, asking, target_at, k);
    std::vector<const float*> q(static_cast<std::size_t>(step));
#pragma omp for schedule(dynamic)
    for (Index begin = 0; begin < count; begin += step) {
      const Index size = std::min(step, count - begin);
      const Index* block = rows.data() + first + begin;
      reader.read(block, size, q.data());
      for (Index r = begin; r < begin + size; ++r) {
        Shortlist shortlist(result.found.data() + r * k, k, bound[first + r]);
        const auto place = static_cast<std::size_t>(r - begin);
        searcher.search(first + r, block[place], q[place], bound[first + r], shortlist);
        result.count[static_cast<std::size_t>(r)] = shortlist.count();
      }
    }
  }
}

}  // namespace brenier::pricing
