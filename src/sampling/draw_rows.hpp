#pragma once

#include <cstdint>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "sampling/random.hpp"

namespace brenier::sampling {

/// The generator number k of a seed: each k draws its own numbers, whatever was drawn before.
Random numbered_random(std::uint64_t seed, std::uint64_t k);

/// Rows of the points that carry mass, ascending.
std::vector<Index> rows_with_mass(const Vector& weights);

/// `count` of the rows that carry mass, without replacement and in random order.
/// @param count at most as many as there are.
std::vector<Index> draw_rows(const Vector& weights, Index count, std::uint64_t seed);

/// The points with these numbers, with their weights, in this order.
DiscreteMeasure select_points(const DiscreteMeasure& cloud, const std::vector<Index>& rows);

}  // namespace brenier::sampling
