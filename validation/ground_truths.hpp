#pragma once

#include "cases.hpp"

namespace brenier::validation {

/// @name Distances that are known in closed form.
/// @{
Claims line(const Setting& setting);          ///< One dimension: quantiles.
Claims translation(const Setting& setting);   ///< W_p = |a|.
Claims radial(const Setting& setting);        ///< What the radii cost.
Claims permutations(const Setting& setting);  ///< All of them, for up to 8 points.
Claims metric_laws(const Setting& setting);   ///< Symmetry, triangle inequality, W_p(μ, μ) = 0, W₁ ≤ W₂.
Claims known_means(const Setting& setting);   ///< Laws whose W₂² is known in the mean, sampled.
Claims unit_square(const Setting& setting);   ///< n·E W₂² ≈ ln n/(2π) + 0.61 between two samples.
/// @}

}  // namespace brenier::validation
