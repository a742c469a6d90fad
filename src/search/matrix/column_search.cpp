#include "search/matrix/column_search.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "numeric/in_sequence.hpp"
#include "search/exact_prices.hpp"
#include "search/matrix/price_bounds.hpp"
#include "search/target_search.hpp"

namespace brenier::search {
namespace {

/// Candidates that wait to be computed in double, of all threads, before a row adds its own: enough to throw most of
/// them away unseen, little memory.
constexpr std::size_t most_candidates = std::size_t{1} << 16;

/// The search of one thread: the cheapest of the rows that it has seen, for every column.
class ColumnSearcher {
 public:
  ColumnSearcher(const ColumnSearch& search, const PayingSide& rows, const AskingSide& columns)
      : search_(search),
        rows_(rows),
        columns_(columns),
        groups_(search.costs.stride() / group_size),
        upper_(static_cast<std::size_t>(search.costs.stride()), std::numeric_limits<float>::infinity()),
        limit_(upper_.size()),
        below_(static_cast<std::size_t>(groups_)),
        best_(static_cast<std::size_t>(search.costs.columns()), {std::numeric_limits<double>::infinity(), 0}) {
    candidates_.reserve(waiting_at_most(search.costs.rows(), search.costs.columns(), search.threads));
  }

  /// The largest number of candidates of a thread: it settles them after the row that gives one too many.
  static std::size_t waiting_at_most(Index rows, Index columns, int threads) {
    const double all = static_cast<double>(rows) * static_cast<double>(columns);
    const double waiting = static_cast<double>(most_candidates) / threads + static_cast<double>(columns);
    return static_cast<std::size_t>(std::min(all, waiting));
  }

  /// Bytes of a thread.
  static double bytes(Index rows, Index columns, int threads) {
    const double a_column = 2.0 * sizeof(float) + sizeof(PricedTarget);
    const double a_candidate = sizeof(Candidate) + sizeof(Pair) + sizeof(double);
    return a_column * static_cast<double>(columns) +
           a_candidate * static_cast<double>(waiting_at_most(rows, columns, threads));
  }

  /// Looks at a few rows: first what they give at most, then who may give less.
  void look_at(const Index* rows, const float* const* q, Index count) {
    for (Index k = 0; k < count; ++k) {
      const auto row = static_cast<std::size_t>(rows[k]);
      bounds(q[k]).improve(rows_.upper[row], rows_.radius[row], columns_, upper_.data());
    }
    for (std::size_t j = 0; j < limit_.size(); ++j) limit_[j] = threshold(upper_[j], columns_.window[j]);
    for (Index k = 0; k < count; ++k) {
      collect(rows[k], q[k]);
      if (candidates_.size() > most_candidates / static_cast<std::size_t>(search_.threads)) settle();
    }
  }

  /// Computes in double what is still a candidate.
  void settle() {
    const auto outdated = [this](const Candidate& c) { return c.lower > limit_[static_cast<std::size_t>(c.column)]; };
    candidates_.erase(std::remove_if(candidates_.begin(), candidates_.end(), outdated), candidates_.end());
    const Index d = search_.targets.cols();
    std::vector<Pair> pairs;
    pairs.reserve(candidates_.size());
    for (const Candidate& c : candidates_) {
      pairs.push_back({search_.queries.data() + c.column * d, search_.targets.data() + c.row * d});
    }
    std::vector<double> cost(pairs.size());
    pair_costs(search_.order, pairs.data(), static_cast<Index>(pairs.size()), d, cost.data());
    for (std::size_t k = 0; k < cost.size(); ++k) {
      const Candidate& c = candidates_[k];
      improve(c.column, {cost[k] - search_.psi[c.row], c.row});
    }
    candidates_.clear();
  }

  void improve(Index column, const PricedTarget& found) {
    PricedTarget& best = best_[static_cast<std::size_t>(column)];
    if (found < best) best = found;
  }

  const std::vector<PricedTarget>& best() const { return best_; }

 private:
  struct Candidate {
    float lower;
    Index column;
    Index row;
  };

  RowBounds bounds(const float* q) const { return RowBounds(search_.order, q, groups_); }

  void collect(Index row, const float* q) {
    const float shift = rows_.lower[static_cast<std::size_t>(row)];
    const float radius = rows_.radius[static_cast<std::size_t>(row)];
    bounds(q).find_below(shift, radius, columns_, limit_.data(), below_.data());
    for (Index g = 0; g < groups_; ++g) {
      if (below_[static_cast<std::size_t>(g)] == 0) continue;
      float lower[group_size];
      bounds(q).group_asks(shift, radius, columns_, g, lower);
      const Index end = std::min((g + 1) * group_size, search_.costs.columns());
      for (Index j = g * group_size; j < end; ++j) {
        const float own = lower[j - g * group_size];
        if (!(own > limit_[static_cast<std::size_t>(j)])) candidates_.push_back({own, j, row});
      }
    }
  }

  const ColumnSearch& search_;
  const PayingSide& rows_;
  const AskingSide& columns_;
  Index groups_;
  std::vector<float> upper_;  ///< The smallest upper bound so far.
  std::vector<float> limit_;  ///< What it takes to be a candidate.
  std::vector<unsigned char> below_;
  std::vector<Candidate> candidates_;
  std::vector<PricedTarget> best_;
};

}  // namespace

double column_search_bytes(Index rows, Index columns, Index dimension, int threads) {
  // Each thread's part, and what is the same for all: the sides of the bounds, the rows' order and the result.
  const double a_thread =
      ColumnSearcher::bytes(rows, columns, threads) + RoundedCosts::Reader::bytes(columns, dimension);
  const double a_row = 3.0 * sizeof(float) + sizeof(Index);
  const double a_column = 2.0 * sizeof(float) + sizeof(PricedTarget) + sizeof(double) + sizeof(Index);
  return threads * a_thread + a_row * static_cast<double>(rows) + a_column * static_cast<double>(columns);
}

void search_columns(const ColumnSearch& search, Vector& value, std::vector<Index>& minimizer) {
  const RoundedCosts& costs = search.costs;
  const Index n = costs.rows(), m = costs.columns();
  PayingSide paying = paying_side(search.order, costs.row_error());
  for (Index i = 0; i < n; ++i) {
    const auto row = static_cast<std::size_t>(i);
    paying.set(search.order, row, static_cast<double>(costs.row_error()[row]),
               search.psi[i] / price_unit(search.order, costs.unit()));
  }
  const AskingSide asking = asking_side(search.order, costs.column_error());
  const std::vector<Index> rows = in_sequence(n);

  // Which thread sees which row does not matter: the smallest of all is the same.
  std::vector<PricedTarget> best(static_cast<std::size_t>(m), {std::numeric_limits<double>::infinity(), 0});
  const Index step = costs.rows_at_a_time();
  const double work = operations_a_pair * static_cast<double>(n) * static_cast<double>(costs.stride());
  ParallelErrors errors;
#pragma omp parallel num_threads(worthwhile_threads(search.threads, work))
  {
    RoundedCosts::Reader reader(costs);
    std::optional<ColumnSearcher> searcher;
    std::vector<const float*> q;
#pragma omp for schedule(dynamic)
    for (Index begin = 0; begin < n; begin += step) {
      errors.run([&] {
        if (!searcher) searcher.emplace(search, paying, asking);
        q.resize(static_cast<std::size_t>(step));
        const Index size = std::min(step, n - begin);
        reader.read(rows.data() + begin, size, q.data());
        searcher->look_at(rows.data() + begin, q.data(), size);
      });
    }
    errors.run([&] {
      if (searcher) searcher->settle();
    });
#pragma omp critical
    for (std::size_t j = 0; searcher && j < best.size(); ++j) best[j] = std::min(best[j], searcher->best()[j]);
  }
  errors.rethrow();

  value.resize(m);
  minimizer.resize(static_cast<std::size_t>(m));
  for (Index j = 0; j < m; ++j) {
    value[j] = best[static_cast<std::size_t>(j)].value;
    minimizer[static_cast<std::size_t>(j)] = best[static_cast<std::size_t>(j)].target;
  }
}

}  // namespace brenier::search
