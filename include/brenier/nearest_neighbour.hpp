#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier {

/// For each query the nearest of some points.
struct NearestNeighbours {
  std::vector<Index> index;  ///< Row of the point; the smallest one among ties.
  Vector distance;           ///< |x − y|, in the units of the coordinates.
};

/// The nearest point of each query, exactly: the c-transform of the potential zero.
/// @param points m×d, m ≥ 1.  @param queries k×d.  @param threads 0 takes every core.
/// @throws std::invalid_argument for shapes that do not match, or coordinates that are not finite.
/// Time O(k·m·d) at worst, memory O(k + m).
NearestNeighbours nearest_neighbours(const Points& points, const Points& queries, int threads = 0);

/// 1-NN accuracy: the part, from 0 to 1, of unseen points whose label is that of the nearest labelled point. Of mapped
/// source points with their labels it measures domain adaptation (Courty et al., IEEE TPAMI 39, 2017; Huang & Malik,
/// arXiv 2406.13619).
/// @throws std::invalid_argument for shapes that do not match. One search over all pairs.
double nearest_neighbour_accuracy(const Points& labelled, const std::vector<int>& labels, const Points& unseen,
                                  const std::vector<int>& unseen_labels, int threads = 0);

/// Leave-one-out accuracy of the 1-NN classifier that tells generated points from target points.
struct TwoSampleAccuracy {
  double generated = 0.0;  ///< The part of the generated points whose nearest other point is generated.
  double target = 0.0;     ///< The part of the target points whose nearest other point is a target.

  /// Of both clouds together, where they are of one size: ½ for two samples of one law, 1 for clouds that are apart,
  /// less than ½ where the generator repeats target points.
  double overall() const { return 0.5 * (generated + target); }
};

/// The 1-NN two-sample test (Lopez-Paz & Oquab 2017, arXiv 1610.06545; for generators: Xu et al. 2018, arXiv
/// 1806.07755). Weights do not matter; among ties, the point that comes first counts, generated points before target
/// points.
/// @throws std::invalid_argument unless both have the same number of points, at least 2: with other sizes no value
/// stands for "the same law". One search over (2n)² pairs.
TwoSampleAccuracy two_sample_accuracy(const Points& generated, const Points& target, int threads = 0);

}  // namespace brenier
