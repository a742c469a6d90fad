#pragma once

#include <torch/torch.h>

#include "potentials.hpp"
#include "settings.hpp"

namespace brenier::trainer {

/// What a step of the critic sees; all of it without a graph.
struct CriticBatch {
  torch::Tensor y;      ///< m×d: generated points.
  torch::Tensor x;      ///< m×d: data.
  torch::Tensor alpha;  ///< m×2: uniform on [0, 1), where between them the interpolates are.
};

/// What the potentials of order 2 ascend: L = mean[φ(yᵢ) + ψ(xᵢ)] − P, where with v(y, x) = φ(y) + ψ(x) − ½|y − x|²
///
/// | hinge | P |
/// |---|---|
/// | linear | λ·mean v(yᵢ, xᵢ)₊ (Huang & Malik, Algorithm 1) |
/// | squared | λ·mean v(yᵢ, xᵢ)₊² |
/// | all_pairs | λ·mean v(yᵢ, xⱼ)₊ over the m² pairs |
/// | four_term | λ·mean v(yᵢ, xᵢ)₊² + λ·mean v(sᵢ, tᵢ)₊² + λ_e·mean v(yᵢ, Tyᵢ)² + λ_e·mean v(Sxᵢ, xᵢ)² |
///
/// sᵢ and tᵢ lie between yᵢ and xᵢ at αᵢ₁ and αᵢ₂; Ty = y − ∇φ(y) and Sx = x − ∇ψ(x), whose own gradients count. The
/// linear hinge leaves exact optimal transport its maximum only for λ ≥ 1 on one pair, λ ≥ m over all pairs: a smaller
/// λ is cheaper to violate than to satisfy.
torch::Tensor pair_objective(LearnedPotentials& potentials, const Settings& settings, const CriticBatch& batch);

/// What the critic of order 1 ascends: L = mean φ(yᵢ) − mean φ(xᵢ) − λ_gp·mean r(|∇φ(sᵢ)| − 1), sᵢ between yᵢ and xᵢ,
/// with r(t) = t₊² for the penalty `lp` and t² for `gp`.
torch::Tensor lipschitz_objective(LearnedPotentials& potentials, const Settings& settings, const CriticBatch& batch);

/// The one that belongs to the method.
torch::Tensor critic_objective(LearnedPotentials& potentials, const Settings& settings, const CriticBatch& batch);

}  // namespace brenier::trainer
