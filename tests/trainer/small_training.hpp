#pragma once

#include <utility>

#include "datasets.hpp"
#include "settings.hpp"

namespace brenier::test {

/// Settings for networks that are small but far from zero, in double precision, with plain gradient steps.
inline trainer::Settings small_settings(trainer::Method method) {
  trainer::Settings settings;
  settings.method = method;
  settings.persistence = 1;
  settings.lambda = 3.0;
  settings.batch = 24;
  settings.critic_steps = 2;
  settings.critic_rate = 0.01;
  settings.generator_rate = 0.05;
  settings.optimizer = trainer::OptimizerKind::sgd;
  settings.generator = {{12, 10}, false, 0.4};
  settings.potentials = {{14, 11}, false, 0.5};
  settings.precision = trainer::Precision::double_precision;
  settings.seed = 5;
  return settings;
}

inline trainer::Dataset law(const char* kind, double std) {
  SampleOptions options;
  options.kind = kind;
  options.std = std;
  return trainer::Dataset(options);
}

}  // namespace brenier::test
