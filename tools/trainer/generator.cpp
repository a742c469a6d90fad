#include "generator.hpp"

#include <vector>

#include "random_streams.hpp"

namespace brenier::trainer {

torch::Tensor Generator::map(const torch::Tensor& z) {
  const torch::NoGradGuard no_graph;
  std::vector<torch::Tensor> kept;
  for (const torch::Tensor& average : buffers()) kept.push_back(average.clone());
  torch::Tensor image = forward(z);
  std::vector<torch::Tensor> averages = buffers();
  for (std::size_t k = 0; k < kept.size(); ++k) averages[k].copy_(kept[k]);
  return image;
}

ResidualGenerator::ResidualGenerator(Index dimension, const Settings& settings) : tanh_scale_(settings.tanh_scale) {
  const std::uint64_t seed = stream_seed(settings.seed, Stream::generator_weights, 0);
  layers_ = register_module(
      "layers", std::make_shared<Perceptron>(dimension, dimension, settings.generator, settings.precision, seed));
}

torch::Tensor ResidualGenerator::forward(const torch::Tensor& z) {
  const torch::Tensor change = layers_->forward(z);
  return z + (tanh_scale_ > 0.0 ? tanh_scale_ * torch::tanh(change) : change);
}

}  // namespace brenier::trainer
