#pragma once

#include <torch/torch.h>

#include "layers.hpp"
#include "settings.hpp"

namespace brenier::trainer {

/// The learned potentials: φ_w on generated points and, for order 2, ψ_v on data. For order 1 ψ = −φ.
class LearnedPotentials : public torch::nn::Module {
 public:
  LearnedPotentials(Index dimension, const Settings& settings);

  /// φ at each row of y (n×d): n numbers.
  torch::Tensor phi(const torch::Tensor& y) { return phi_->forward(y).squeeze(1); }

  /// ψ at each row of x (n×d): n numbers.
  torch::Tensor psi(const torch::Tensor& x);

  /// ∇φ at each row of y, n×d, and ∇ψ likewise.
  /// @param differentiable keeps the graph, so that the gradient can be differentiated itself.
  torch::Tensor phi_gradient(const torch::Tensor& y, bool differentiable = false);
  torch::Tensor psi_gradient(const torch::Tensor& x, bool differentiable = false);

 private:
  std::shared_ptr<Perceptron> phi_;
  std::shared_ptr<Perceptron> psi_;  ///< Null for order 1.
};

}  // namespace brenier::trainer
