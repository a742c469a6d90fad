#pragma once

#include <cstdint>

#include "brenier/types.hpp"

namespace brenier::trainer {

/// Everything random in a training, each with seeds of its own.
enum class Stream : std::uint64_t {
  generator_weights,
  phi_weights,
  psi_weights,
  noise,          ///< z of the minibatches.
  data,           ///< x of the minibatches.
  interpolation,  ///< Where between them the critic's terms look.
  fixed_noise,    ///< z of the evaluation.
  fixed_data,     ///< x of the evaluation.
  floor,
};

/// The seed of the `index`-th draw of a stream: every draw has a generator of its own. So no stream has a state that a
/// checkpoint could miss: seed and iteration tell what is drawn next.
std::uint64_t stream_seed(std::uint64_t seed, Stream stream, Index index);

}  // namespace brenier::trainer
