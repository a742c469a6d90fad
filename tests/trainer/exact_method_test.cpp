#include <gtest/gtest.h>

#include "brenier/euler_flow.hpp"
#include "methods.hpp"
#include "small_training.hpp"
#include "tensors.hpp"

namespace brenier::test {
namespace {

/// One free parameter a particle: G(zᵢ) = θᵢ, whatever zᵢ is.
class FreeParticles : public trainer::Generator {
 public:
  explicit FreeParticles(const Points& particles)
      : particles_(register_parameter("particles", trainer::to_tensor(particles, torch::kFloat64))) {}

  torch::Tensor forward(const torch::Tensor&) override { return particles_ * 1.0; }

 private:
  torch::Tensor particles_;
};

TEST(ExactMethod, FollowsTheParticleFlowWhereEachParticleIsFree) {
  constexpr Index n = 40;
  const trainer::Dataset source = law("gaussian", 0.5);
  const DiscreteMeasure target(law("ring", 0.1).draw(n, 7));
  const Points particles = source.draw(n, 3);

  trainer::Settings settings = small_settings(trainer::Method::exact);
  settings.batch = n;  // As many as the target has: each minibatch is the whole target.
  settings.epsilon = 0.3;
  settings.generator_rate = 0.5 * static_cast<double>(n);  // One step of the descent on mean|ζ − θ|² then ends at ζ.
  const auto generator = std::make_shared<FreeParticles>(particles);
  const trainer::Dataset data(target);
  trainer::Training training(settings, generator, source, data);

  FlowOptions options;
  options.step = settings.epsilon;
  EulerFlow flow(DiscreteMeasure(particles), target, options);
  flow.start();
  for (int step = 0; step < 6; ++step) {
    training.step();
    flow.step();
    const Points reached = trainer::to_points(generator->parameters().front());
    // Both round each coordinate, of size 1, a few times a step; nothing amplifies it.
    EXPECT_LT((reached - flow.state().particles).cwiseAbs().maxCoeff(), 1e-14 * 10) << "step " << step + 1;
    EXPECT_GT((reached - particles).cwiseAbs().maxCoeff(), 0.1);
  }
}

}  // namespace
}  // namespace brenier::test
