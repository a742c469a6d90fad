#pragma once

#include "cases.hpp"

namespace brenier::validation {

/// Statements 1 to 7 from MNIST to USPS digits, points of ℝ²⁵⁶.
Claims digits(const Setting& setting);

/// Domain adaptation: how well labelled USPS digits tell MNIST digits apart, by the nearest neighbour, as they are, at
/// the end of the optimal map to unlabelled MNIST digits, and along the flow there.
Claims adaptation(const Setting& setting);

}  // namespace brenier::validation
