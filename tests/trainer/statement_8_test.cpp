#include <gtest/gtest.h>

#include <algorithm>

#include "methods.hpp"
#include "small_training.hpp"

namespace brenier::test {
namespace {

using trainer::Method;
using trainer::Settings;

/// The generator's parameters, one after the other, after `iterations`.
torch::Tensor trained(const Settings& settings, int iterations) {
  const trainer::Dataset source = law("gaussian", 0.3), target = law("ring", 0.1);
  const auto generator = std::make_shared<trainer::ResidualGenerator>(2, settings);
  trainer::Training training(settings, generator, source, target);
  for (int i = 0; i < iterations; ++i) training.step();
  return torch::nn::utils::parameters_to_vector(generator->parameters()).detach();
}

/// How far the two go apart, relative to how far they go.
double relative_difference(const Settings& a, const Settings& b, int iterations) {
  const torch::Tensor begin = trained(a, 0), end = trained(a, iterations), other = trained(b, iterations);
  return ((end - other).norm() / (end - begin).norm()).item<double>();
}

/// Statement 8: ∇(1/m)Σ|G(zᵢ) − ζᵢ|² = 2ε∇(1/m)Σφ(G(zᵢ)) with ζ = G(z) − ε∇φ(G(z)) held fixed.
class Statement8 : public ::testing::TestWithParam<std::pair<Method, Method>> {
 protected:
  Settings forward_euler(Index k) const {
    Settings settings = small_settings(GetParam().first);
    settings.epsilon = 0.7;
    settings.persistence = k;
    return settings;
  }
  Settings descent(Index k) const {
    Settings settings = small_settings(GetParam().second);
    settings.persistence = k;
    settings.generator_rate *= 2.0 * 0.7;
    return settings;
  }
};

TEST_P(Statement8, AForwardEulerStepIsADescentStepUpToTheLearningRate) {
  EXPECT_LT(relative_difference(forward_euler(1), descent(1), 1), 1e-6);
  EXPECT_LT(relative_difference(forward_euler(1), descent(1), 5), 1e-6);
}

TEST_P(Statement8, FailsForPersistentSteps) { EXPECT_GT(relative_difference(forward_euler(3), descent(3), 1), 1e-3); }

INSTANTIATE_TEST_SUITE_P(Orders, Statement8,
                         ::testing::Values(std::make_pair(Method::w2_fe, Method::w2gan),
                                           std::make_pair(Method::w1_fe, Method::wgan_lp)));

}  // namespace
}  // namespace brenier::test
