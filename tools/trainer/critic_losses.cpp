#include "critic_losses.hpp"

namespace brenier::trainer {
namespace {

torch::Tensor half_squared_distance(const torch::Tensor& y, const torch::Tensor& x) {
  return 0.5 * (y - x).square().sum(1);
}

/// v(y, x) at each pair of rows.
torch::Tensor violation(LearnedPotentials& potentials, const torch::Tensor& y, const torch::Tensor& x) {
  return potentials.phi(y) + potentials.psi(x) - half_squared_distance(y, x);
}

torch::Tensor squared_hinge(const torch::Tensor& value) { return torch::relu(value).square().mean(); }

/// The point at α on the way from x to y, for each pair of rows.
torch::Tensor between(const CriticBatch& batch, Index which) {
  const torch::Tensor alpha = batch.alpha.narrow(1, which, 1);
  return alpha * batch.y + (1.0 - alpha) * batch.x;
}

torch::Tensor equality_terms(LearnedPotentials& potentials, const CriticBatch& batch) {
  const torch::Tensor images = batch.y - potentials.phi_gradient(batch.y, true);
  const torch::Tensor preimages = batch.x - potentials.psi_gradient(batch.x, true);
  return violation(potentials, batch.y, images).square().mean() +
         violation(potentials, preimages, batch.x).square().mean();
}

}  // namespace

torch::Tensor pair_objective(LearnedPotentials& potentials, const Settings& settings, const CriticBatch& batch) {
  const torch::Tensor phi = potentials.phi(batch.y), psi = potentials.psi(batch.x);
  const torch::Tensor dual_value = (phi + psi).mean();
  const torch::Tensor on_pairs = phi + psi - half_squared_distance(batch.y, batch.x);
  switch (settings.hinge) {
    case Hinge::linear:
      return dual_value - settings.lambda * torch::relu(on_pairs).mean();
    case Hinge::squared:
      return dual_value - settings.lambda * squared_hinge(on_pairs);
    case Hinge::all_pairs: {
      const torch::Tensor cost = 0.5 * (batch.y.unsqueeze(1) - batch.x.unsqueeze(0)).square().sum(2);
      return dual_value - settings.lambda * torch::relu(phi.unsqueeze(1) + psi.unsqueeze(0) - cost).mean();
    }
    case Hinge::four_term:
      return dual_value - settings.lambda * squared_hinge(on_pairs) -
             settings.lambda * squared_hinge(violation(potentials, between(batch, 0), between(batch, 1))) -
             settings.equality_lambda * equality_terms(potentials, batch);
  }
  return {};
}

torch::Tensor lipschitz_objective(LearnedPotentials& potentials, const Settings& settings, const CriticBatch& batch) {
  const torch::Tensor excess = potentials.phi_gradient(between(batch, 0), true).norm(2, 1) - 1.0;
  const torch::Tensor penalty = settings.penalty == Penalty::lp ? squared_hinge(excess) : excess.square().mean();
  return potentials.phi(batch.y).mean() - potentials.phi(batch.x).mean() - settings.penalty_lambda * penalty;
}

torch::Tensor critic_objective(LearnedPotentials& potentials, const Settings& settings, const CriticBatch& batch) {
  return order_of(settings.method) == 2 ? pair_objective(potentials, settings, batch)
                                        : lipschitz_objective(potentials, settings, batch);
}

}  // namespace brenier::trainer
