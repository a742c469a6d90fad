#pragma once

#include <torch/torch.h>

#include <memory>
#include <stdexcept>

#include "datasets.hpp"
#include "generator.hpp"
#include "potentials.hpp"
#include "random_streams.hpp"
#include "settings.hpp"

namespace brenier::trainer {

/// A loss is no number any more: nothing after it can be used.
class Diverged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What an iteration's last steps reached.
struct Losses {
  double critic = 0.0;     ///< The objective that the potentials ascend; 0 for the exact method.
  double generator = 0.0;  ///< The loss that the generator descends.
};

/// One run of one method (Huang & Malik, arXiv 2406.13619, Algorithm 1). An iteration is
///
/// 1. `critic_steps` times: fresh z and x, y = G(z); the potentials ascend their objective (critic_losses.hpp).
/// 2. Fresh z, y = G(z), and K times on that minibatch the generator descends
///    - w2_fe, w1_fe: mean|ζ − G(z)|² with ζ = y − ε∇φ(y) held fixed;
///    - exact: the same with the exact potential between y and fresh x, ∇φ(y) = y − T(y), and no step 1;
///    - w2gan, wgan_lp, wgan_gp: mean φ(G(z)); with K > 1 this is naive persistence.
///
/// For K = 1 the gradient of the first is 2ε times that of the last.
class Training {
 public:
  /// @param source law of z, @param target law of x; of the generator's dimension.
  Training(const Settings& settings, std::shared_ptr<Generator> generator, const Dataset& source,
           const Dataset& target);

  /// @throws Diverged when a loss is not finite.
  Losses step();

  Index iteration() const { return iteration_; }
  const Settings& settings() const { return settings_; }
  Generator& generator() { return *generator_; }

  /// Null for the exact method.
  LearnedPotentials* potentials() { return potentials_.get(); }

  /// ζ = y − ε∇φ(y) at each row of y (m×d) for the methods of forward Euler. `exact` draws the data of this iteration.
  torch::Tensor moved_particles(const torch::Tensor& y);

  /// Everything that the next step depends on. @throws Diverged for weights that are not finite: not worth keeping.
  void save(torch::serialize::OutputArchive& archive) const;
  void load(torch::serialize::InputArchive& archive);

 private:
  void set_rates();
  double critic_step(Index draw);
  double generator_steps();
  torch::Tensor draw(const Dataset& from, Stream stream, Index index) const;
  double checked(const torch::Tensor& loss, const char* whose) const;

  Settings settings_;
  std::shared_ptr<Generator> generator_;
  std::shared_ptr<LearnedPotentials> potentials_;
  const Dataset& source_;
  const Dataset& target_;
  std::unique_ptr<torch::optim::Optimizer> generator_optimizer_;
  std::unique_ptr<torch::optim::Optimizer> critic_optimizer_;
  Index iteration_ = 0;
};

}  // namespace brenier::trainer
