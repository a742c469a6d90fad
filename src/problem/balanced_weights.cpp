#include "problem/balanced_weights.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "numeric/message.hpp"

namespace brenier {

BalancedWeights balance(const DiscreteMeasure& source, const DiscreteMeasure& target, bool normalize) {
  if (source.dimension() != target.dimension()) {
    throw std::invalid_argument(
        message("target: dimension ", target.dimension(), ", but the source has ", source.dimension()));
  }
  return balance(source.weights(), source.total_mass(), target.weights(), target.total_mass(), normalize);
}

BalancedWeights balance(const Vector& source, double supplied, const Vector& target, double demanded, bool normalize) {
  if (normalize) return {source / supplied, target / demanded, 1.0};
  if (std::abs(supplied - demanded) > mass_tolerance * std::max(supplied, demanded)) {
    throw std::invalid_argument(message("target: total mass ", demanded, ", but the source has ", supplied,
                                        "; normalize to compare the clouds as probabilities"));
  }
  if (supplied == demanded) return {source, target, supplied};
  return {source, target * (supplied / demanded), supplied};
}

}  // namespace brenier
