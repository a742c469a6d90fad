#include "search/matrix/row_search.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "numeric/directed_float.hpp"
#include "search/exact_prices.hpp"
#include "search/shortlist.hpp"

namespace brenier::search {

/// The search of one thread: scratch for one row at a time.
class RowSearch::Worker {
 public:
  Worker(const RowSearch& search, int wanted)
      : search_(search),
        wanted_(wanted),
        groups_(search.costs_.stride() / group_size),
        lower_(static_cast<std::size_t>(groups_)),
        upper_(static_cast<std::size_t>(groups_)) {}

  /// Fills the shortlist of the query at x, which is row `row` of the table with rounded costs q.
  void search(const double* x, Index row, const float* q, double bound, Shortlist& shortlist) {
    const float window = search_.asking_.window[static_cast<std::size_t>(row)];
    ask_groups(row, q);
    find_candidates(row, q, std::min(threshold(smallest_of_groups(upper_, wanted_), window), limit_of(bound, window)));
    offer_candidates(x, shortlist);
  }

  /// @return valid until the next call.
  const Survey& survey(Index row, const float* q, Index likely) {
    const auto r = static_cast<std::size_t>(row);
    ask_groups(row, q);
    const float needed = threshold(smallest_of_groups(upper_, wanted_), search_.asking_.window[r]);
    const float limit = likely < groups_ ? std::max(needed, smallest_of_groups(lower_, likely)) : needed;
    find_candidates(row, q, limit);
    const double row_error = static_cast<double>(search_.costs_.row_error()[r]);
    survey_.likely.clear();
    for (const Index target : candidates_) {
      const auto column = static_cast<std::size_t>(search_.columns_[static_cast<std::size_t>(target)]);
      const double error = row_error + static_cast<double>(search_.costs_.column_error()[column]);
      const double least = least_cost(search_.order_, static_cast<double>(q[column]), error);
      survey_.likely.push_back({target, search_.price_unit_ * least});
    }
    survey_.others = search_.price_unit_ * least_price_above(search_.order_, limit, row_error);
    return survey_;
  }

 private:
  /// Bounds of the prices of the row, the smallest of each group.
  void ask_groups(Index row, const float* q) {
    const RowBounds bounds(search_.order_, q, groups_);
    bounds.ask_groups(search_.asking_.radius[static_cast<std::size_t>(row)], search_.paying_, lower_.data(),
                      upper_.data());
  }

  /// The k-th smallest of the groups' smallest bounds, infinity where there are fewer groups: k targets at least have a
  /// bound as small.
  float smallest_of_groups(const std::vector<float>& bounds, Index k) {
    if (k == 1) return *std::min_element(bounds.begin(), bounds.end());
    if (k > groups_) return std::numeric_limits<float>::infinity();
    ranked_ = bounds;
    const auto kth = ranked_.begin() + (k - 1);
    std::nth_element(ranked_.begin(), kth, ranked_.end());
    return *kth;
  }

  /// What a lower bound is, at most, for a price below `bound`.
  float limit_of(double bound, float window) const {
    const double scaled = bound / search_.price_unit_;
    if (scaled == std::numeric_limits<double>::infinity()) return std::numeric_limits<float>::infinity();
    const double margin = 4.0 * std::numeric_limits<double>::epsilon() * std::abs(scaled);
    return float_above(scaled + margin + static_cast<double>(window));
  }

  /// The targets whose lower bound is not above the limit. After ask_groups.
  void find_candidates(Index row, const float* q, float limit) {
    const RowBounds bounds(search_.order_, q, groups_);
    const float radius = search_.asking_.radius[static_cast<std::size_t>(row)];
    candidates_.clear();
    for (Index g = 0; g < groups_; ++g) {
      if (lower_[static_cast<std::size_t>(g)] > limit) continue;
      float lower[group_size];
      bounds.ask_group(radius, search_.paying_, g, lower);
      for (Index l = 0; l < group_size; ++l) {
        if (lower[l] > limit) continue;
        const Index target = search_.target_at_[static_cast<std::size_t>(g * group_size + l)];
        if (target >= 0) candidates_.push_back(target);
      }
    }
  }

  void offer_candidates(const double* x, Shortlist& shortlist) {
    cost_.resize(candidates_.size());
    costs_from(
        search_.order_, x, search_.targets_, static_cast<Index>(candidates_.size()),
        [this](Index k) { return candidates_[static_cast<std::size_t>(k)]; }, cost_.data());
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
      shortlist.offer(cost_[k] - search_.psi_[candidates_[k]], candidates_[k]);
    }
  }

  const RowSearch& search_;
  int wanted_;
  Index groups_;
  std::vector<float> lower_;
  std::vector<float> upper_;
  std::vector<float> ranked_;
  std::vector<Index> candidates_;
  std::vector<double> cost_;
  Survey survey_;
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

template <class Work>
void RowSearch::for_each_row(const Index* rows, Index count, int wanted, const Work& work) const {
  const Index step = costs_.rows_at_a_time();
  const double operations = operations_a_pair * static_cast<double>(count) * static_cast<double>(costs_.stride());
  ParallelErrors errors;
#pragma omp parallel num_threads(worthwhile_threads(threads_, operations))
  {
    RoundedCosts::Reader reader(costs_);
    std::optional<Worker> worker;
    std::vector<const float*> q;
#pragma omp for schedule(dynamic)
    for (Index begin = 0; begin < count; begin += step) {
      errors.run([&] {
        if (!worker) worker.emplace(*this, wanted);
        q.resize(static_cast<std::size_t>(step));
        const Index size = std::min(step, count - begin);
        reader.read(rows + begin, size, q.data());
        for (Index r = 0; r < size; ++r) work(*worker, begin + r, q[static_cast<std::size_t>(r)]);
      });
    }
  }
  errors.rethrow();
}

void RowSearch::best_targets(const Points& queries, const std::vector<Index>& rows, Index first, Index count,
                             const Vector& bound, int k, BestTargets& result) const {
  result.found.resize(static_cast<std::size_t>(count * k));
  result.count.resize(static_cast<std::size_t>(count));
  for_each_row(rows.data() + first, count, k, [&](Worker& worker, Index r, const float* q) {
    const Index query = first + r;
    Shortlist shortlist(result.found.data() + r * k, k, bound[query]);
    worker.search(queries.row(query).data(), rows[static_cast<std::size_t>(query)], q, bound[query], shortlist);
    result.count[static_cast<std::size_t>(r)] = shortlist.count();
  });
}

void RowSearch::survey(const std::vector<Index>& rows, Index likely,
                       const std::function<void(Index, const Survey&)>& visit) const {
  const auto count = static_cast<Index>(rows.size());
  for_each_row(rows.data(), count, 2, [&](Worker& worker, Index r, const float* q) {
    visit(r, worker.survey(rows[static_cast<std::size_t>(r)], q, likely));
  });
}

}  // namespace brenier::search
