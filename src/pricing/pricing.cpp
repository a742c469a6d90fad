#include "pricing/pricing.hpp"

#include "pricing/blocked_pricing.hpp"

namespace brenier::pricing {

std::unique_ptr<Pricing> make_pricing(int order, const Points& targets, int threads) {
  return std::make_unique<BlockedPricing>(order, targets, threads);
}

Vector c_transform(int order, const Points& targets, const Vector& psi, const Points& queries, int threads) {
  const auto pricing = make_pricing(order, targets, threads);
  pricing->set_potential(psi);
  Vector value;
  std::vector<Index> minimizer;
  pricing->c_transform(queries, value, minimizer);
  return value;
}

}  // namespace brenier::pricing
