#include "io/cloud.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "brenier/io.hpp"
#include "io/failure.hpp"
#include "io/text/number_text.hpp"

namespace brenier::io {

DiscreteMeasure checked_measure(const std::string& file, Cloud cloud) {
  const Points& points = cloud.points;
  if (points.rows() == 0) fail(file, "", "no points", "at least one");
  if (points.cols() == 0) fail(file, "", "no coordinates", "at least one column of them");
  for (Index row = 0; row < points.rows(); ++row) {
    for (Index k = 0; k < points.cols(); ++k) {
      const double x = points(row, k);
      if (!std::isfinite(x)) fail(file, cloud.place_of_coordinate(row, k), number_text(x), "a finite number");
    }
  }
  try {
    if (!cloud.weights) return DiscreteMeasure(std::move(cloud.points));

    const Vector& weights = *cloud.weights;
    for (Index row = 0; row < weights.size(); ++row) {
      const double weight = weights[row];
      if (!std::isfinite(weight) || weight < 0) {
        fail(file, cloud.place_of_weight(row), "weight " + number_text(weight), "a finite number that is not negative");
      }
    }
    if ((weights.array() == 0).all()) fail(file, "weights", "only zeros", "at least one that is positive");
    return DiscreteMeasure(std::move(cloud.points), std::move(*cloud.weights));
  } catch (const std::invalid_argument& error) {
    fail(file, error.what());
  }
}

bool has_default_weights(const DiscreteMeasure& measure) {
  return (measure.weights().array() == 1.0 / static_cast<double>(measure.size())).all();
}

void require_default_weights(const std::string& file, const DiscreteMeasure& measure) {
  if (!has_default_weights(measure)) {
    fail(file, "weights", "weights that are not 1/n each",
         "a format that can hold them: .csv, .tsv, .txt, .npz or .ply");
  }
}

}  // namespace brenier::io
