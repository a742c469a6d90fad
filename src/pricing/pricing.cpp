#include "pricing/pricing.hpp"

#include "pricing/blocked_pricing.hpp"

namespace brenier::pricing {

std::unique_ptr<Pricing> make_pricing(int order, const Points& targets, int threads) {
  return std::make_unique<BlockedPricing>(order, targets, threads);
}

}  // namespace brenier::pricing
