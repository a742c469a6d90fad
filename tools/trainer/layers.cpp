#include "layers.hpp"

#include "brenier/sampling.hpp"
#include "tensors.hpp"

namespace brenier::trainer {
namespace {

torch::Tensor normal_numbers(at::IntArrayRef shape, double std, std::uint64_t seed) {
  SampleOptions law;
  law.kind = "gaussian";
  law.n = c10::multiply_integers(shape);
  law.dimension = 1;
  law.std = std;
  law.seed = seed;
  return to_tensor(sample(law).points(), torch::kFloat64).reshape(shape);
}

/// Weights and scales from N(0, std²), biases 0.
void initialise(torch::nn::Module& layers, double std, std::uint64_t seed) {
  const torch::NoGradGuard no_graph;
  std::uint64_t drawn = 0;
  for (const auto& parameter : layers.named_parameters()) {
    const bool is_bias = parameter.key().find("bias") != std::string::npos;
    torch::Tensor value = parameter.value();
    if (is_bias) {
      value.zero_();
    } else {
      value.copy_(normal_numbers(value.sizes(), std, seed + drawn++));
    }
  }
}

}  // namespace

Perceptron::Perceptron(Index inputs, Index outputs, const LayerOptions& options, Precision precision,
                       std::uint64_t seed) {
  for (const Index width : options.widths) {
    layers_->push_back(torch::nn::Linear(inputs, width));
    if (options.batch_norm) layers_->push_back(torch::nn::BatchNorm1d(width));
    layers_->push_back(torch::nn::ReLU());
    inputs = width;
  }
  layers_->push_back(torch::nn::Linear(inputs, outputs));
  register_module("layers", layers_);
  to(dtype_of(precision));
  initialise(*layers_, options.std, seed);
}

}  // namespace brenier::trainer
