#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::trainer {

/// How potentials are learned and how the generator follows them; see methods.hpp.
enum class Method {
  w2_fe,    ///< Huang & Malik, arXiv 2406.13619: a pair of potentials, forward Euler, K persistent steps.
  w2gan,    ///< Leygonie et al., arXiv 1906.09691: the same pair, descent on mean φ(G(z)).
  w1_fe,    ///< Malik & Huang, arXiv 2405.16351: one 1-Lipschitz critic, forward Euler, K persistent steps.
  wgan_lp,  ///< Petzka et al., arXiv 1709.08894: the same critic, one-sided penalty, descent on mean φ(G(z)).
  wgan_gp,  ///< Gulrajani et al., arXiv 1704.00028: likewise, two-sided penalty.
  exact,    ///< φ from the exact solver on each minibatch: what W2-FE would do with a perfect potential.
};

/// How the constraint φ(y) + ψ(x) ≤ ½|y − x|² enters the critic of order 2; see critic_losses.hpp.
enum class Hinge { linear, squared, all_pairs, four_term };

/// What the gradient norm of the critic of order 1 is held to: at most 1, or 1.
enum class Penalty { lp, gp };

enum class OptimizerKind { adam, sgd };
enum class Precision { single_precision, double_precision };

/// Order p of the cost that the method's potentials belong to.
int order_of(Method method);

/// True for the methods that move particles along ∇φ and let the generator follow.
bool is_forward_euler(Method method);

/// Layers of a network between input and output, each Linear, maybe BatchNorm, ReLU.
struct LayerOptions {
  std::vector<Index> widths;
  bool batch_norm = false;
  double std = 0.0;  ///< Weights, and scales of BatchNorm, are drawn from N(0, std²); biases begin at 0.
};

/// All that the trajectory of a training depends on, beside its data.
struct Settings {
  Method method = Method::w2_fe;
  Index persistence = 5;         ///< K: steps of the generator on the same minibatch, ≥ 1.
  double epsilon = 1.0;          ///< ε > 0: step of the particles along −∇φ.
  double lambda = 200.0;         ///< λ ≥ 0 of the hinge.
  double equality_lambda = 0.0;  ///< λ of the equalities of the four-term loss.
  Hinge hinge = Hinge::linear;
  Penalty penalty = Penalty::lp;
  double penalty_lambda = 10.0;  ///< λ_gp ≥ 0.
  Index critic_steps = 5;        ///< Steps of the potentials in each iteration, ≥ 1.
  double critic_rate = 5e-4;
  double generator_rate = 1e-4;
  double rate_half_life = 0.0;  ///< h > 0: both rates are those above times 2^(−t/h) in iteration t; 0: constant.
  OptimizerKind optimizer = OptimizerKind::adam;
  double beta1 = 0.9;  ///< Of Adam; β₂ = 0.999.
  double beta2 = 0.999;
  Index batch = 512;  ///< m ≥ 2 points of source and target, fresh in each step.
  LayerOptions generator = {{128, 128, 128}, true, 0.01};
  double tanh_scale = 0.0;  ///< s > 0: G(z) = z + s·tanh(MLP(z)); 0: G(z) = z + MLP(z).
  LayerOptions potentials = {{128, 128, 128}, false, 0.1};
  Precision precision = Precision::single_precision;
  std::uint64_t seed = 0;
  int threads = 1;  ///< Small networks gain nothing from more; sums may round differently with another number.
};

/// The ring of Huang & Malik: 2-D, m = 512, λ = 200.
Settings ring_settings();

/// Domain adaptation between USPS and MNIST: 256-D, m = 64, λ = 10, Adam with β₁ = 0.
Settings digits_settings();

/// "w2-fe", "linear", … as the options spell them.
std::string to_string(Method method);
std::string to_string(Hinge hinge);
std::string to_string(Penalty penalty);
std::string to_string(OptimizerKind optimizer);
std::string to_string(Precision precision);

}  // namespace brenier::trainer
