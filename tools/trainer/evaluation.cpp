#include "evaluation.hpp"

#include "brenier/gradient.hpp"
#include "brenier/metrics.hpp"
#include "random_streams.hpp"
#include "tensors.hpp"

namespace brenier::trainer {
namespace {

SolveOptions solve_options(int order, int threads) {
  SolveOptions options;
  options.order = order;
  options.threads = threads;
  return options;
}

/// L2-UVP and cos of y ↦ y − ∇φ(y) against the exact map.
void judge_map(const DiscreteMeasure& from, const DiscreteMeasure& to, const Solution& solution, const Points& gradient,
               Figures& figures) {
  const Points exact = transport_map(from, to, solution);
  const Points learned = from.points() - gradient;
  figures.l2_uvp = l2_uvp(from, learned, exact, variance(to));
  figures.cosine = displacement_cosine(from, learned, exact);
}

}  // namespace

EvaluationBatch evaluation_batch(const TrainingData& data, Index n, const Settings& settings) {
  const auto seed = [&](Stream stream) { return stream_seed(settings.seed, stream, 0); };
  EvaluationBatch batch;
  batch.noise = data.source.draw(n, seed(Stream::fixed_noise));
  batch.data = data.target.draw(n, seed(Stream::fixed_data));
  batch.floor_w1 = data.target.floor(1, n, floor_repeats, seed(Stream::floor), settings.threads);
  batch.floor_w2 = data.target.floor(2, n, floor_repeats, seed(Stream::floor), settings.threads);
  batch.labelled_source = data.labelled_source;
  batch.labelled_test = data.labelled_test;
  return batch;
}

Points generated(Training& training, const Points& z) {
  const torch::Tensor image = training.generator().map(to_tensor(z, dtype_of(training.settings().precision)));
  if (!is_finite(image)) {
    throw Diverged("iteration " + std::to_string(training.iteration()) + ": a generated point is not finite");
  }
  return to_points(image);
}

Figures evaluate(Training& training, const EvaluationBatch& batch) {
  const Settings& settings = training.settings();
  const DiscreteMeasure from(generated(training, batch.noise)), to(batch.data);
  const Solution first = solve_to_optimality(from, to, solve_options(1, settings.threads));
  const Solution second = solve_to_optimality(from, to, solve_options(2, settings.threads));
  Figures figures;
  figures.w1 = first.distance;
  figures.w2 = second.distance;
  figures.monge_gap =
      monge_gap(DiscreteMeasure(batch.noise), from.points(), solve_options(2, settings.threads)).value();
  if (LearnedPotentials* potentials = training.potentials()) {
    const int order = order_of(settings.method);
    const torch::Dtype dtype = dtype_of(settings.precision);
    const torch::Tensor y = to_tensor(from.points(), dtype), x = to_tensor(to.points(), dtype);
    const Potentials learned = {to_vector(potentials->phi(y)), to_vector(potentials->psi(x))};
    figures.transport_cost = (order == 1 ? first : second).certificate.primal;
    figures.dual_value =
        potential_quality(from, to, learned, order, *figures.transport_cost, settings.threads).best_value();
    if (order == 2) judge_map(from, to, second, to_points(potentials->phi_gradient(y)), figures);
  }
  if (!batch.labelled_test.labels.empty()) {
    figures.accuracy =
        nearest_neighbour_accuracy(generated(training, batch.labelled_source.points), batch.labelled_source.labels,
                                   batch.labelled_test.points, batch.labelled_test.labels, settings.threads);
  }
  return figures;
}

}  // namespace brenier::trainer
