#include "brenier/map_quality.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "brenier/ground_cost.hpp"
#include "brenier/wasserstein.hpp"
#include "numeric/compensated_sum.hpp"
#include "numeric/message.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

/// Refuses images that are not one finite point for each of the source's.
void check_images(const char* name, const DiscreteMeasure& source, const Points& images) {
  if (images.rows() != source.size() || images.cols() != source.dimension()) {
    throw std::invalid_argument(message(name, ": ", images.rows(), " points in ", images.cols(),
                                        " dimensions, expected one for each of the source's ", source.size(), " in ",
                                        source.dimension()));
  }
  check_finite(name, images);
}

void check_variance(double variance) {
  if (std::isfinite(variance) && variance > 0.0) return;
  throw std::invalid_argument(
      message("target: its variance is ", variance, ", but what is reported relative to it needs one above zero"));
}

/// Σ aᵢ f(i) with Σ aᵢ = 1.
template <typename Function>
double mean(const DiscreteMeasure& source, Function f) {
  CompensatedSum sum;
  for (Index i = 0; i < source.size(); ++i) {
    if (source.weights()[i] > 0.0) sum.add(source.weights()[i] / source.total_mass() * f(i));
  }
  return sum.value();
}

}  // namespace

double l2_uvp(const DiscreteMeasure& source, const Points& mapped, const Points& exact, double target_variance) {
  check_images("mapped", source, mapped);
  check_images("exact", source, exact);
  check_variance(target_variance);
  const double error = mean(source, [&](Index i) { return (mapped.row(i) - exact.row(i)).squaredNorm(); });
  return 100.0 * error / target_variance;
}

std::optional<double> displacement_cosine(const DiscreteMeasure& source, const Points& mapped, const Points& exact) {
  check_images("mapped", source, mapped);
  check_images("exact", source, exact);
  const Points& x = source.points();
  const double learned = mean(source, [&](Index i) { return (mapped.row(i) - x.row(i)).squaredNorm(); });
  const double optimal = mean(source, [&](Index i) { return (exact.row(i) - x.row(i)).squaredNorm(); });
  if (learned == 0.0 || optimal == 0.0) return std::nullopt;
  const double product = mean(source, [&](Index i) { return (mapped.row(i) - x.row(i)).dot(exact.row(i) - x.row(i)); });
  // Beyond ±1 by rounding only (Cauchy and Schwarz).
  return std::clamp(product / (std::sqrt(learned) * std::sqrt(optimal)), -1.0, 1.0);
}

double bw2_uvp(const GaussianMoments& mapped, const GaussianMoments& target) {
  check_variance(target.variance());
  return 100.0 * frechet_distance(mapped, target) / target.variance();
}

MongeGap monge_gap(const DiscreteMeasure& source, const Points& mapped, const SolveOptions& options) {
  check_images("mapped", source, mapped);
  const GroundCost cost(options.order);
  SolveOptions solving = options;
  solving.normalize = true;  // A mean, whatever the source's mass.
  MongeGap gap;
  gap.mean_cost = mean(
      source, [&](Index i) { return cost(source.points().row(i).data(), mapped.row(i).data(), source.dimension()); });
  const DiscreteMeasure image(mapped, source.weights());
  gap.transport_cost = solve_to_optimality(source, image, solving).certificate.primal;
  return gap;
}

}  // namespace brenier
