#include "balanced_weights.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "message.hpp"

namespace brenier {

BalancedWeights balance(const DiscreteMeasure& source, const DiscreteMeasure& target, bool normalize) {
  if (source.dimension() != target.dimension()) {
    throw std::invalid_argument(
        message("target: dimension ", target.dimension(), ", but the source has ", source.dimension()));
  }
  const double supplied = source.total_mass();
  const double demanded = target.total_mass();
  if (normalize) return {source.weights() / supplied, target.weights() / demanded, 1.0};
  if (std::abs(supplied - demanded) > mass_tolerance * std::max(supplied, demanded)) {
    throw std::invalid_argument(message("target: total mass ", demanded, ", but the source has ", supplied,
                                        "; normalize to compare the clouds as probabilities"));
  }
  if (supplied == demanded) return {source.weights(), target.weights(), supplied};
  return {source.weights(), target.weights() * (supplied / demanded), supplied};
}

}  // namespace brenier
