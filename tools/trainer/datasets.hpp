#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/sampling.hpp"

namespace brenier::trainer {

/// Where minibatches come from: a known law, fresh points at each draw, or the points of a cloud.
class Dataset {
 public:
  explicit Dataset(SampleOptions law) : from_(std::move(law)) {}
  explicit Dataset(DiscreteMeasure cloud);

  Index dimension() const;

  /// n points; the same seed draws the same. Of a cloud with equal masses and n points or more, distinct points;
  /// of another cloud each point independently, with the probability of its mass.
  Points draw(Index n, std::uint64_t seed) const;

  /// The mean of W_p between two independent samples of n points, over `repeats` pairs; nothing where a cloud has not
  /// the points for two samples.
  std::optional<double> floor(int order, Index n, Index repeats, std::uint64_t seed, int threads) const;

  /// Null for a law.
  const DiscreteMeasure* cloud() const { return std::get_if<DiscreteMeasure>(&from_); }

 private:
  std::variant<SampleOptions, DiscreteMeasure> from_;
  bool equal_masses_ = false;
};

/// Points with the class of each.
struct LabelledPoints {
  Points points;
  std::vector<int> labels;
};

/// What a training is fed with. The labelled points are for tests only, and empty where there are no labels.
struct TrainingData {
  Dataset source;
  Dataset target;
  LabelledPoints labelled_source;
  LabelledPoints labelled_test;  ///< Of the target's law, not trained on.
};

}  // namespace brenier::trainer
