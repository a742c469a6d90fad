#pragma once

#include <string>

#include "brenier/discrete_measure.hpp"

namespace brenier::cli {

/// A short text that tells clouds apart: 64-bit FNV-1a of every coordinate, then of every weight, in hexadecimal.
std::string fingerprint(const Points& points, const Vector& weights = {});
std::string fingerprint(const DiscreteMeasure& cloud);

/// The same of the letters of a text, e.g. of all that a table was asked for.
std::string fingerprint(const std::string& text);

}  // namespace brenier::cli
