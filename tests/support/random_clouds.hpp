#pragma once

#include <cmath>
#include <cstdint>
#include <random>

#include "brenier/discrete_measure.hpp"

namespace brenier::test {

/// Draws small clouds with everything that makes transport problems hard. Same seed, same draws on every machine: only
/// the generator itself is used, whose output the C++ standard fixes, and none of its distributions.
class RandomClouds {
 public:
  explicit RandomClouds(std::uint64_t seed) : generator_(seed) {}

  /// Uniform in first … last.
  Index integer(Index first, Index last) {
    return first + static_cast<Index>(generator_() % static_cast<std::uint64_t>(last - first + 1));
  }

  /// Uniform in [0, 1).
  double uniform() { return static_cast<double>(generator_() >> 11) * 0x1p-53; }

  /// Standard normal, by Box and Muller.
  double normal() {
    return std::sqrt(-2.0 * std::log(1.0 - uniform())) * std::cos(2.0 * 3.14159265358979323846 * uniform());
  }

  Points normal_points(Index n, Index dimension) {
    Points points(n, dimension);
    for (Index i = 0; i < points.size(); ++i) points.data()[i] = normal();
    return points;
  }

  /// Points in general position, on a coarse grid (ties everywhere), with copies, on a line, in clusters, far from the
  /// origin, or all in one place.
  Points awkward_points(Index n, Index dimension) {
    Points points = normal_points(n, dimension);
    switch (integer(0, 7)) {
      case 0:
        points = points.array().round();
        break;
      case 1:
        points = (4.0 * points).array().round() / 4.0;
        break;
      case 2:
        for (Index i = 1; i < n; ++i) {
          if (integer(0, 1) == 0) points.row(i) = points.row(integer(0, i - 1));
        }
        break;
      case 3:
        for (Index k = 1; k < dimension; ++k) points.col(k) = points.col(0);
        break;
      case 4:
        for (Index i = 0; i < n; ++i) points.row(i).array() += 100.0 * static_cast<double>(integer(0, 2));
        break;
      case 5:
        points.array() += 1e8;
        break;
      case 6:
        points.rowwise() = points.row(0).eval();
        break;
      default:
        break;
    }
    return points;
  }

  /// Weights that are equal, small integers (zero among them), uniform in [0, 1), mostly zero, or next to nothing
  /// beside one.
  Vector awkward_weights(Index n) {
    const Index kind = integer(0, 4);
    Vector weights(n);
    for (double& weight : weights) {
      switch (kind) {
        case 0:
          weight = 1.0;
          break;
        case 1:
          weight = static_cast<double>(integer(0, 3));
          break;
        case 2:
          weight = uniform();
          break;
        case 3:
          weight = integer(0, 3) == 0 ? uniform() : 0.0;
          break;
        default:
          weight = integer(0, 3) == 0 ? 1e-300 : 1.0;
          break;
      }
    }
    if (!(weights.sum() > 0.0)) weights[integer(0, n - 1)] = 1.0;
    return weights;
  }

  DiscreteMeasure awkward_measure(Index n, Index dimension) {
    return DiscreteMeasure(awkward_points(n, dimension), awkward_weights(n));
  }

 private:
  std::mt19937_64 generator_;
};

}  // namespace brenier::test
