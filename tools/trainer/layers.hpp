#pragma once

#include <torch/torch.h>

#include <cstdint>

#include "settings.hpp"

namespace brenier::trainer {

/// A multi-layer perceptron: [Linear, BatchNorm?, ReLU] for each width, then Linear to the outputs.
///
/// Its weights are drawn by the generator of `brenier::sample`, so that a seed means the same on every machine.
class Perceptron : public torch::nn::Module {
 public:
  Perceptron(Index inputs, Index outputs, const LayerOptions& options, Precision precision, std::uint64_t seed);

  /// @param x n×inputs.  @returns n×outputs.
  torch::Tensor forward(const torch::Tensor& x) { return layers_->forward(x); }

 private:
  torch::nn::Sequential layers_;
};

}  // namespace brenier::trainer
