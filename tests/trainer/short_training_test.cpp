#include <gtest/gtest.h>

#include <algorithm>

#include "evaluation.hpp"
#include "methods.hpp"
#include "random_streams.hpp"
#include "small_training.hpp"

namespace brenier::test {
namespace {

using trainer::Method;
using trainer::Settings;

trainer::TrainingData ring_data() { return {law("gaussian", 0.05), law("ring", 0.1), {}, {}}; }

/// The preset of the ring with smaller batches: seconds instead of minutes.
Settings quick_settings(Method method) {
  Settings settings = trainer::ring_settings();
  settings.method = method;
  settings.batch = 128;
  settings.seed = 1;
  torch::set_num_threads(settings.threads);
  return settings;
}

class ShortTraining : public ::testing::TestWithParam<Method> {};

TEST_P(ShortTraining, LowersTheDistances) {
  const Settings settings = quick_settings(GetParam());
  const trainer::TrainingData data = ring_data();
  const trainer::EvaluationBatch batch = evaluation_batch(data, 128, settings);
  trainer::Training training(settings, std::make_shared<trainer::ResidualGenerator>(2, settings), data.source,
                             data.target);
  const trainer::Figures before = evaluate(training, batch);
  for (int i = 0; i < 120; ++i) training.step();
  const trainer::Figures after = evaluate(training, batch);
  EXPECT_LT(after.w2, 0.8 * before.w2);
  EXPECT_LT(after.w1, 0.8 * before.w1);
}

INSTANTIATE_TEST_SUITE_P(Methods, ShortTraining, ::testing::Values(Method::w2_fe, Method::w1_fe, Method::exact),
                         [](const auto& method) {
                           std::string name = to_string(method.param);
                           name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
                           return name;
                         });

TEST(Evaluation, HoldsToItsBounds) {
  const Settings settings = quick_settings(Method::w2_fe);
  const trainer::TrainingData data = ring_data();
  const trainer::EvaluationBatch batch = evaluation_batch(data, 64, settings);
  trainer::Training training(settings, std::make_shared<trainer::ResidualGenerator>(2, settings), data.source,
                             data.target);
  const trainer::Figures start = evaluate(training, batch);
  // G is nearly the identity at first, which is an optimal map onto its image.
  EXPECT_LT(*start.monge_gap, 1e-4);
  for (int i = 0; i < 20; ++i) training.step();
  const trainer::Figures figures = evaluate(training, batch);
  EXPECT_LE(figures.w1, figures.w2);
  EXPECT_GE(*figures.monge_gap, 0.0);
  EXPECT_LE(*figures.dual_value, *figures.transport_cost * (1.0 + 1e-12));
  EXPECT_NEAR(*figures.transport_cost, 0.5 * figures.w2 * figures.w2, 1e-12);
  EXPECT_LE(std::abs(*figures.cosine), 1.0);
  EXPECT_FALSE(figures.accuracy.has_value());
}

TEST(Evaluation, ChangesNothingInTheTraining) {
  const Settings settings = quick_settings(Method::w2_fe);
  const trainer::TrainingData data = ring_data();
  const trainer::EvaluationBatch batch = evaluation_batch(data, 64, settings);
  const auto train = [&](bool evaluates) {
    const auto generator = std::make_shared<trainer::ResidualGenerator>(2, settings);
    trainer::Training training(settings, generator, data.source, data.target);
    for (int i = 0; i < 3; ++i) {
      training.step();
      if (evaluates) evaluate(training, batch);
    }
    return torch::nn::utils::parameters_to_vector(generator->parameters()).detach();
  };
  EXPECT_TRUE(torch::equal(train(true), train(false)));
}

TEST(Datasets, DrawACloudByItsMasses) {
  Points points(3, 1);
  points << 0.0, 1.0, 2.0;
  const trainer::Dataset weighted(DiscreteMeasure(points, Vector::Map(std::vector<double>{1.0, 0.0, 3.0}.data(), 3)));
  const Points drawn = weighted.draw(4000, 1);
  EXPECT_EQ((drawn.array() == 1.0).count(), 0);
  // Binomial with mean 3000 and standard deviation √(4000·¾·¼) = 27: six of them.
  EXPECT_NEAR(static_cast<double>((drawn.array() == 2.0).count()), 3000.0, 6 * 27.4);

  const trainer::Dataset even{DiscreteMeasure(points)};
  EXPECT_EQ(even.draw(3, 1).sum(), 3.0);  // Each of them once.
  EXPECT_EQ(even.draw(10, 1).rows(), 10);
  EXPECT_FALSE(even.floor(2, 2, 1, 0, 1).has_value());  // Three points are not two samples of two.
}

TEST(RandomStreams, DifferInStreamAndIndex) {
  using trainer::Stream;
  EXPECT_EQ(trainer::stream_seed(1, Stream::noise, 2), trainer::stream_seed(1, Stream::noise, 2));
  EXPECT_NE(trainer::stream_seed(1, Stream::noise, 2), trainer::stream_seed(1, Stream::data, 2));
  EXPECT_NE(trainer::stream_seed(1, Stream::noise, 2), trainer::stream_seed(1, Stream::noise, 3));
  EXPECT_NE(trainer::stream_seed(1, Stream::noise, 2), trainer::stream_seed(2, Stream::noise, 1));
}

}  // namespace
}  // namespace brenier::test
