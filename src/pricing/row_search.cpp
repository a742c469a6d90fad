#include "pricing/row_search.hpp"

#include <algorithm>
#include <limits>

#include "parallel.hpp"
#include "pricing/directed_float.hpp"
#include "pricing/exact_prices.hpp"
#include "pricing/shortlist.hpp"

namespace brenier::pricing {

/// The search of one thread: scratch for one row at a time.
class RowSearch::Worker {
 public:
  Worker(const RowSearch& search, int k)
      : search_(search),
        k_(k),
        groups_(search.costs_.stride() / group_size),
        lower_(static_cast<std::size_t>(groups_)),
        upper_(static_cast<std::size_t>(groups_)) {}

  /// Fills the shortlist of the query at x, which is row `row` of the table with rounded costs q.
  void search(const double* x, Index row, const float* q, double bound, Shortlist& shortlist) {
    const auto r = static_cast<std::size_t>(row);
    const RowBounds bounds(search_.order_, q, groups_);
    const float radius = search_.asking_.radius[r], window = search_.asking_.window[r];
    bounds.ask_groups(radius, search_.paying_, lower_.data(), upper_.data());
    find_candidates(bounds, radius, std::min(threshold(kth_upper(), window), limit_of(bound, window)));
    offer_candidates(x, shortlist);
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
  float limit_of(double bound, float window) const {
    const double scaled = bound / search_.price_unit_;
    if (scaled == std::numeric_limits<double>::infinity()) return std::numeric_limits<float>::infinity();
    const double margin = 4.0 * std::numeric_limits<double>::epsilon() * std::abs(scaled);
    return float_above(scaled + margin + static_cast<double>(window));
  }

  void find_candidates(const RowBounds& bounds, float row_radius, float limit) {
    candidates_.clear();
    for (Index g = 0; g < groups_; ++g) {
      if (lower_[static_cast<std::size_t>(g)] > limit) continue;
      float lower[group_size];
      bounds.ask_group(row_radius, search_.paying_, g, lower);
      for (Index l = 0; l < group_size; ++l) {
        if (lower[l] > limit) continue;
        const Index target = search_.target_at_[static_cast<std::size_t>(g * group_size + l)];
        if (target >= 0) candidates_.push_back(target);
      }
    }
  }

  void offer_candidates(const double* x, Shortlist& shortlist) {
    const Index d = search_.targets_.cols();
    pairs_.clear();
    for (const Index target : candidates_) pairs_.push_back({x, search_.targets_.data() + target * d});
    cost_.resize(pairs_.size());
    pair_costs(search_.order_, pairs_.data(), static_cast<Index>(pairs_.size()), d, cost_.data());
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      shortlist.offer(cost_[c] - search_.psi_[candidates_[c]], candidates_[c]);
    }
  }

  const RowSearch& search_;
  int k_;
  Index groups_;
  std::vector<float> lower_;
  std::vector<float> upper_;
  std::vector<Index> candidates_;
  std::vector<Pair> pairs_;
  std::vector<double> cost_;
};

RowSearch::RowSearch(int order, const RoundedCosts& costs, const Points& targets, const std::vector<Index>& columns,
                     int threads)
    : order_(order),
      costs_(costs),
      targets_(targets),
      columns_(columns),
      threads_(threads),
      price_unit_(price_unit(order, costs.unit())),
      target_at_(static_cast<std::size_t>(costs.stride()), -1),
      paying_(paying_side(order, costs.column_error())),
      asking_(asking_side(order, costs.row_error())) {
  for (std::size_t j = 0; j < columns.size(); ++j) {
    target_at_[static_cast<std::size_t>(columns[j])] = static_cast<Index>(j);
  }
  set_potential(Vector::Zero(targets.rows()));
}

void RowSearch::set_potential(const Vector& psi) {
  psi_ = psi;
  for (Index j = 0; j < psi.size(); ++j) set_potential(j, psi[j]);
}

void RowSearch::set_potential(Index target, double psi) {
  psi_[target] = psi;
  const auto column = static_cast<std::size_t>(columns_[static_cast<std::size_t>(target)]);
  paying_.set(order_, column, static_cast<double>(costs_.column_error()[column]), psi / price_unit_);
}

void RowSearch::best_targets(const Points& queries, const std::vector<Index>& rows, Index first, Index count,
                             const Vector& bound, int k, BestTargets& result) const {
  result.found.resize(static_cast<std::size_t>(count * k));
  result.count.resize(static_cast<std::size_t>(count));
  const Index step = costs_.rows_at_a_time();
  const double work = operations_a_pair * static_cast<double>(count) * static_cast<double>(costs_.stride());
#pragma omp parallel num_threads(worthwhile_threads(threads_, work))
  {
    RoundedCosts::Reader reader(costs_);
    Worker worker(*this, k);
    std::vector<const float*> q(static_cast<std::size_t>(step));
#pragma omp for schedule(dynamic)
    for (Index begin = 0; begin < count; begin += step) {
      const Index size = std::min(step, count - begin);
      const Index* block = rows.data() + first + begin;
      reader.read(block, size, q.data());
      for (Index r = begin; r < begin + size; ++r) {
        Shortlist shortlist(result.found.data() + r * k, k, bound[first + r]);
        const auto place = static_cast<std::size_t>(r - begin);
        worker.search(queries.row(first + r).data(), block[place], q[place], bound[first + r], shortlist);
        result.count[static_cast<std::size_t>(r)] = shortlist.count();
      }
    }
  }
}

}  // namespace brenier::pricing
