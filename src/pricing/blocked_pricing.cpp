#include "pricing/blocked_pricing.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "parallel.hpp"
#include "pricing/shortlist.hpp"

namespace brenier::pricing {
namespace {

constexpr Index queries_per_block = 32;
constexpr Index target_bytes_per_block = Index{64} * 1024;  // A quarter of a small second-level cache.

}  // namespace

BlockedPricing::BlockedPricing(int order, const Points& targets, int threads)
    : targets_(GroundCost(order), targets), threads_(threads) {}

int BlockedPricing::query_threads(Index queries) const {
  const double pairs = static_cast<double>(queries) * static_cast<double>(targets_.size());
  return worthwhile_threads(threads_, pairs * static_cast<double>(targets_.dimension()));
}

void BlockedPricing::c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const {
  const Index n = queries.rows();
  const Index blocks = (n + queries_per_block - 1) / queries_per_block;
  const Index packs_per_block = std::max<Index>(1, target_bytes_per_block / targets_.pack_bytes());
  value.resize(n);
  minimizer.resize(static_cast<std::size_t>(n));

#pragma omp parallel for schedule(dynamic) num_threads(query_threads(n))
  for (Index block = 0; block < blocks; ++block) {
    const Index begin = block * queries_per_block;
    const Index count = std::min(queries_per_block, n - begin);
    std::array<Cheapest, queries_per_block> best;
    best.fill({std::numeric_limits<double>::infinity(), 0});
    for (Index first = 0; first < targets_.packs(); first += packs_per_block) {
      const Index last = std::min(first + packs_per_block, targets_.packs());
      for (Index i = 0; i < count; ++i) {
        targets_.search(first, last, queries.row(begin + i).data(), best[static_cast<std::size_t>(i)]);
      }
    }
    for (Index i = 0; i < count; ++i) {
      value[begin + i] = best[static_cast<std::size_t>(i)].value;
      minimizer[static_cast<std::size_t>(begin + i)] = best[static_cast<std::size_t>(i)].target;
    }
  }
}

void BlockedPricing::best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                                  BestTargets& result) const {
  result.found.resize(static_cast<std::size_t>(count * k));
  result.count.resize(static_cast<std::size_t>(count));
#pragma omp parallel num_threads(query_threads(count))
  {
    std::vector<double> row(static_cast<std::size_t>(targets_.packs() * PackedTargets::pack_size));
#pragma omp for schedule(static)
    for (Index r = 0; r < count; ++r) {
      Shortlist shortlist(result.found.data() + r * k, k, bound[first + r]);
      targets_.priced_costs(queries.row(first + r).data(), row.data());
      for (Index j = 0; j < targets_.size(); ++j) shortlist.offer(row[static_cast<std::size_t>(j)], j);
      result.count[static_cast<std::size_t>(r)] = shortlist.count();
    }
  }
}

}  // namespace brenier::pricing
