#include "potentials.hpp"

#include "random_streams.hpp"

namespace brenier::trainer {
namespace {

std::shared_ptr<Perceptron> make_potential(Index dimension, const Settings& settings, Stream weights) {
  return std::make_shared<Perceptron>(dimension, 1, settings.potentials, settings.precision,
                                      stream_seed(settings.seed, weights, 0));
}

/// The gradient of a function that treats each row by itself, at each row.
template <typename Function>
torch::Tensor row_gradients(const torch::Tensor& points, bool differentiable, Function&& function) {
  const torch::Tensor leaf = points.detach().requires_grad_(true);
  // The sum's gradient at a row is that row's own: no other row depends on it.
  return torch::autograd::grad({function(leaf).sum()}, {leaf}, {}, differentiable, differentiable).front();
}

}  // namespace

LearnedPotentials::LearnedPotentials(Index dimension, const Settings& settings)
    : phi_(register_module("phi", make_potential(dimension, settings, Stream::phi_weights))) {
  if (order_of(settings.method) == 2) {
    psi_ = register_module("psi", make_potential(dimension, settings, Stream::psi_weights));
  }
}

torch::Tensor LearnedPotentials::psi(const torch::Tensor& x) { return psi_ ? psi_->forward(x).squeeze(1) : -phi(x); }

torch::Tensor LearnedPotentials::phi_gradient(const torch::Tensor& y, bool differentiable) {
  return row_gradients(y, differentiable, [this](const torch::Tensor& at) { return phi(at); });
}

torch::Tensor LearnedPotentials::psi_gradient(const torch::Tensor& x, bool differentiable) {
  return row_gradients(x, differentiable, [this](const torch::Tensor& at) { return psi(at); });
}

}  // namespace brenier::trainer
