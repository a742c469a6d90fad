#pragma once

#include "cases.hpp"

namespace brenier::validation {

/// The Bures formula, Gelbrich's bound, and statements 1 to 7 between two Gaussian samples.
Claims gaussians(const Setting& setting);

}  // namespace brenier::validation
