#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier::pricing {

/// Least-squares slopes of ψ on every cell of a kd-tree.
///
/// For the cell of node i (heap numbering: 1 the root, 2i and 2i + 1 its children) the slope g minimises
/// Σ (ψⱼ − ψ̄ − g·(yⱼ − ȳ))² + λ|g|² with λ a tiny multiple of the cell's spread, which keeps collinear and coinciding
/// points well posed. Moments are merged from child to parent, so the whole costs O(m d² + nodes · d³).
/// Points with ψ = −∞ count nothing.
/// @param points m×d in kd order.  @param depth depth of the leaves.
/// @returns d entries a node, from node 0 (unused) on.
std::vector<double> fit_slopes(const Points& points, const Vector& psi, int depth, int threads);

}  // namespace brenier::pricing
