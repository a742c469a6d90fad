#pragma once

#include <torch/torch.h>

#include "layers.hpp"
#include "settings.hpp"

namespace brenier::trainer {

/// G_θ: the map that is to carry the law of z to the law of the data.
class Generator : public torch::nn::Module {
 public:
  /// @param z n×d.  @returns n×d.
  virtual torch::Tensor forward(const torch::Tensor& z) = 0;

  /// G(z) as in training, where BatchNorm normalises by the batch, but without a graph and with nothing changed.
  /// Running averages would lag behind the weights, which move K times an iteration.
  torch::Tensor map(const torch::Tensor& z);
};

/// G(z) = z + MLP(z), or z + s·tanh(MLP(z)): near the identity at first, as the weights are small.
class ResidualGenerator : public Generator {
 public:
  ResidualGenerator(Index dimension, const Settings& settings);

  torch::Tensor forward(const torch::Tensor& z) override;

 private:
  std::shared_ptr<Perceptron> layers_;
  double tanh_scale_;
};

}  // namespace brenier::trainer
