#pragma once

#include <stdexcept>

#include "brenier/solve.hpp"
#include "cases.hpp"

namespace brenier::validation {

/// A solve was stopped, or its answer not proven: there is nothing to judge then.
class NotProven : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The unit roundoff of a double, 2⁻⁵³.
inline constexpr double roundoff = 0x1p-53;

/// A Wasserstein distance that a solve from nothing has proven.
struct ExactDistance {
  double value = 0.0;
  double uncertainty = 0.0;  ///< By how much the true distance of the two clouds may differ from `value`.
};

/// The solution of order p, which nothing but the two clouds goes into. @throws NotProven
Solution solve_cold(const DiscreteMeasure& a, const DiscreteMeasure& b, int order, const Setting& setting);

/// The distance of a proven solution between clouds of mass 1.
///
/// The true T_p lies between the certificate's lower bound and the plan's cost. Coordinates are centred once a cloud, a
/// cost is a sum of d rounded squares, and the mean of all is compensated: (d + 8) roundings.
ExactDistance distance_of(const Solution& solution, const DiscreteMeasure& a, const DiscreteMeasure& b);

/// `distance_of(solve_cold(…))`.
ExactDistance cold_distance(const DiscreteMeasure& a, const DiscreteMeasure& b, int order, const Setting& setting);

/// By how much W_p changes when each coordinate of a cloud is off by `roundings` roundings of the largest coordinate of
/// both: W_p is 1-Lipschitz in the cloud, W_p(μ, ν) ≤ W_p(μ′, ν) + (Σ aᵢ|xᵢ − x′ᵢ|ᵖ)^(1/p), so at most √d times that.
double rounding_of_cloud(const DiscreteMeasure& a, const DiscreteMeasure& b, double roundings);

}  // namespace brenier::validation
