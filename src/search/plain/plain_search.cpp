#include "search/plain/plain_search.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "numeric/vector_unit.hpp"

namespace brenier {
namespace {

using search::PricedTarget;

/// Targets that are priced together, and sources that look at them one after the other: so the targets are fetched once
/// for many sources.
constexpr Index targets_at_a_time = 64;
constexpr Index sources_at_a_time = 16;

/// price[j] = c(x, yⱼ) − ψⱼ for `count` targets from `first` on. Row k of `coordinates` has coordinate k of all
/// targets.
BRENIER_KERNEL void price(int order, const double* x, const Points& coordinates, const double* psi, Index first,
                          Index count, double* price) {
  for (Index j = 0; j < count; ++j) price[j] = 0.0;
  for (Index k = 0; k < coordinates.rows(); ++k) {
    const double* y = coordinates.data() + k * coordinates.cols() + first;
    for (Index j = 0; j < count; ++j) price[j] += (x[k] - y[j]) * (x[k] - y[j]);
  }
  for (Index j = 0; j < count; ++j) price[j] = (order == 2 ? 0.5 * price[j] : std::sqrt(price[j])) - psi[first + j];
}

/// Puts a target into its place among the `wanted` cheapest of those before it.
void insert(std::vector<PricedTarget>& cheapest, std::size_t wanted, const PricedTarget& target) {
  cheapest.insert(std::upper_bound(cheapest.begin(), cheapest.end(), target), target);
  if (cheapest.size() > wanted) cheapest.pop_back();
}

}  // namespace

void search_plainly(int order, const Points& sources, const Points& targets, const Vector& psi, int wanted, int threads,
                    const ShortlistVisit& visit) {
  const Points coordinates = targets.transpose();
  const Index n = sources.rows(), m = targets.rows();
  const double work = static_cast<double>(n) * static_cast<double>(m) * static_cast<double>(targets.cols());
  const auto search = [&](Index begin) {
    const Index end = std::min(begin + sources_at_a_time, n);
    std::vector<std::vector<PricedTarget>> cheapest(static_cast<std::size_t>(end - begin));
    double prices[targets_at_a_time];
    for (Index first = 0; first < m; first += targets_at_a_time) {
      const Index count = std::min(targets_at_a_time, m - first);
      for (Index i = begin; i < end; ++i) {
        std::vector<PricedTarget>& own = cheapest[static_cast<std::size_t>(i - begin)];
        price(order, sources.row(i).data(), coordinates, psi.data(), first, count, prices);
        for (Index j = 0; j < count; ++j) {
          const PricedTarget target{prices[j], first + j};
          const bool has_room = own.size() < static_cast<std::size_t>(wanted) && std::isfinite(psi[first + j]);
          if (has_room || (!own.empty() && target < own.back())) insert(own, static_cast<std::size_t>(wanted), target);
        }
      }
    }
    for (Index i = begin; i < end; ++i) {
      const std::vector<PricedTarget>& own = cheapest[static_cast<std::size_t>(i - begin)];
      visit(i, own.data(), static_cast<int>(own.size()));
    }
  };
  ParallelErrors errors;
#pragma omp parallel for num_threads(worthwhile_threads(threads, work)) schedule(dynamic)
  for (Index begin = 0; begin < n; begin += sources_at_a_time) errors.run([&] { search(begin); });
  errors.rethrow();
}

}  // namespace brenier
