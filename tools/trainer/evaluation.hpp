#pragma once

#include <optional>

#include "methods.hpp"

namespace brenier::trainer {

/// What a generator is judged on, the same at each evaluation.
struct EvaluationBatch {
  Points noise;                    ///< n×d: z.
  Points data;                     ///< n×d: x.
  std::optional<double> floor_w1;  ///< Mean W_p between independent samples of n points of the target, where known.
  std::optional<double> floor_w2;

  /// Both empty where there are no labels: points of the source, and the target's test set.
  LabelledPoints labelled_source, labelled_test;
};

/// The batch of a seed: streams of their own, so that the minibatches do not depend on it.
/// @param n points of noise and of data.  Time: 2·`floor_repeats` solves of n × n points.
EvaluationBatch evaluation_batch(const TrainingData& data, Index n, const Settings& settings);

/// How many pairs of samples the floor is the mean of.
inline constexpr Index floor_repeats = 10;

/// Every figure is exact (MATH: W_p = (p·T_p)^(1/p), costs c_p = |x − y|ᵖ/p); what the method has not is empty.
struct Figures {
  double w1 = 0.0, w2 = 0.0;        ///< W_p of G(z) to the data, in the units of the coordinates.
  std::optional<double> monge_gap;  ///< Of G on z, order 2; see `brenier::monge_gap`.
  std::optional<double> l2_uvp;  ///< Of y ↦ y − ∇φ(y) against the exact map from G(z) to the data, in percent.
  std::optional<double> cosine;  ///< Likewise.
  std::optional<double> dual_value;      ///< Best dual value of the learned potentials after exact c-transforms, …
  std::optional<double> transport_cost;  ///< … and T_p, which no dual value exceeds; p is the method's order.
  std::optional<double> accuracy;        ///< 1-NN, fitted on G(labelled source), on the target's test set.
};

/// Judges the training as it stands; changes nothing in it. Two solves of n × n points, one more for the Monge gap.
Figures evaluate(Training& training, const EvaluationBatch& batch);

/// G at each row of z. @throws Diverged for points that are not finite.
Points generated(Training& training, const Points& z);

}  // namespace brenier::trainer
