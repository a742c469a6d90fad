#pragma once

#include "pricing/packed_targets.hpp"
#include "pricing/pricing.hpp"

namespace brenier::pricing {

/// Pricing by looking at every pair: O(k·m·d) for k queries, O(m·d) memory, no assumption on the points.
///
/// Pairs are visited in blocks that stay in the cache, in vector registers, the queries shared among the threads.
class BlockedPricing : public Pricing {
 public:
  BlockedPricing(int order, const Points& targets, int threads);

  void set_potential(const Vector& psi) override { targets_.set_potential(psi); }
  void c_transform(const Points& queries, Vector& value, std::vector<Index>& minimizer) const override;
  void best_targets(const Points& queries, Index first, Index count, const Vector& bound, int k,
                    BestTargets& result) const override;
  std::string_view name() const override { return "blocks"; }

 private:
  int query_threads(Index queries) const;

  PackedTargets targets_;
  int threads_;
};

}  // namespace brenier::pricing
