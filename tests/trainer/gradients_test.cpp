#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "critic_losses.hpp"
#include "generator.hpp"
#include "small_training.hpp"
#include "tensors.hpp"

namespace brenier::test {
namespace {

using torch::Tensor;
using trainer::Hinge;
using trainer::Method;
using trainer::Penalty;
using trainer::Settings;

/// Compares autograd's gradient of `function` at `variables` with central differences along one random direction each.
///
/// The function is smooth but for kinks, which a line of length 2h = 2e-6 meets with a probability of about that many
/// kinks times h. The difference quotient is off by h²f'''/6 ~ 1e-12 and by rounding u·|f|/h ~ 1e-10·|f|, and f is at
/// most some hundreds: 1e-6 relative leaves room, and any wrong term is of size 1.
void expect_gradient(const std::vector<Tensor>& variables, const std::function<Tensor()>& function) {
  for (const Tensor& variable : variables) ASSERT_TRUE(variable.requires_grad());
  const std::vector<Tensor> gradients = torch::autograd::grad({function()}, variables, {}, {}, false, true);
  constexpr double h = 1e-6;
  for (std::size_t k = 0; k < variables.size(); ++k) {
    const Points noise = law("gaussian", 1.0).draw(variables[k].numel(), 11 + k).col(0);
    const Tensor direction = trainer::to_tensor(noise, torch::kFloat64).reshape(variables[k].sizes());
    const auto shift = [&](double by) {
      const torch::NoGradGuard no_graph;
      Tensor(variables[k]).add_(direction, by);
    };
    shift(h);
    const double above = function().item<double>();
    shift(-2.0 * h);
    const double below = function().item<double>();
    shift(h);
    const double expected = (above - below) / (2.0 * h);
    const double found = gradients[k].defined() ? (gradients[k] * direction).sum().item<double>() : 0.0;
    EXPECT_NEAR(found, expected, 1e-6 * (1.0 + std::abs(expected))) << "variable " << k;
  }
}

trainer::CriticBatch small_batch(const Settings& settings) {
  const auto draw = [&](const char* kind, double std, std::uint64_t seed) {
    return trainer::to_tensor(law(kind, std).draw(settings.batch, seed), torch::kFloat64);
  };
  return {draw("gaussian", 0.6, 1), draw("ring", 0.2, 2), draw("gaussian", 0.2, 3).abs()};
}

class CriticGradient : public ::testing::TestWithParam<Settings> {};

TEST_P(CriticGradient, IsThatOfTheObjective) {
  const Settings settings = GetParam();
  trainer::LearnedPotentials potentials(2, settings);
  const trainer::CriticBatch batch = small_batch(settings);
  expect_gradient(potentials.parameters(), [&] { return critic_objective(potentials, settings, batch); });
}

std::vector<Settings> every_objective() {
  std::vector<Settings> all;
  for (const Hinge hinge : {Hinge::linear, Hinge::squared, Hinge::all_pairs, Hinge::four_term}) {
    all.push_back(small_settings(Method::w2_fe));
    all.back().hinge = hinge;
    if (hinge == Hinge::four_term) all.back().equality_lambda = 0.7;
  }
  for (const Penalty penalty : {Penalty::lp, Penalty::gp}) {
    all.push_back(small_settings(Method::w1_fe));
    all.back().penalty = penalty;
    all.back().potentials.std = 1.0;  // Steep enough for the one-sided penalty to be at work.
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Losses, CriticGradient, ::testing::ValuesIn(every_objective()), [](const auto& each) {
  std::string name = order_of(each.param.method) == 2 ? to_string(each.param.hinge) : to_string(each.param.penalty);
  name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
  return name;
});

TEST(PotentialGradient, IsThatOfEachRow) {
  const Settings settings = small_settings(Method::w2_fe);
  trainer::LearnedPotentials potentials(2, settings);
  const Tensor y = small_batch(settings).y.requires_grad_(true);
  expect_gradient({y}, [&] { return potentials.phi(y).sum(); });
  const Tensor expected = torch::autograd::grad({potentials.phi(y).sum()}, {y}).front();
  EXPECT_TRUE(torch::equal(potentials.phi_gradient(y), expected));
}

TEST(GeneratorGradient, IsThatOfTheGeneratorsLoss) {
  for (const double tanh_scale : {0.0, 2.0}) {
    Settings settings = small_settings(Method::w2_fe);
    settings.generator.batch_norm = true;
    settings.tanh_scale = tanh_scale;
    trainer::ResidualGenerator generator(2, settings);
    const trainer::CriticBatch batch = small_batch(settings);
    expect_gradient(generator.parameters(),
                    [&] { return (batch.x - generator.forward(batch.y)).square().sum(1).mean(); });
  }
}

TEST(AllPairsHinge, IsTheLinearOneWhereAllPairsAreAlike) {
  Settings settings = small_settings(Method::w2_fe);
  trainer::LearnedPotentials potentials(2, settings);
  trainer::CriticBatch batch = small_batch(settings);
  batch.x = batch.y = torch::zeros({settings.batch, 2}, torch::kFloat64);
  {
    // φ and ψ are 0 at 0; with the last bias 2 the violation is 2 on every pair.
    const torch::NoGradGuard no_graph;
    potentials.parameters().back().fill_(2.0);
  }
  for (const Hinge hinge : {Hinge::linear, Hinge::all_pairs}) {
    settings.hinge = hinge;
    EXPECT_NEAR(pair_objective(potentials, settings, batch).item<double>(), 2.0 - settings.lambda * 2.0, 1e-12);
  }
}

}  // namespace
}  // namespace brenier::test
