#pragma once

#include <functional>
#include <optional>
#include <string>

#include "brenier/discrete_measure.hpp"

namespace brenier::io {

/// What a reader found in a file, before anybody asked whether it is a measure.
///
/// The places are for messages: "line 3, column 2" for text, "points[2, 1]" for arrays.
struct Cloud {
  Points points;
  std::optional<Vector> weights;  ///< One entry a point; none where the file has no weights.
  std::function<std::string(Index row, Index coordinate)> place_of_coordinate;
  std::function<std::string(Index row)> place_of_weight;  ///< Set where `weights` is.
};

/// Checks the cloud as `DiscreteMeasure` does, and makes it one.
/// @throws FileError naming file, place, value and expectation.
DiscreteMeasure checked_measure(const std::string& file, Cloud cloud);

/// True when the weights are what a cloud without weights gets: 1/n each, bit for bit.
bool has_default_weights(const DiscreteMeasure& measure);

/// @throws FileError when the weights are not 1/n each, for a format that has no place for them.
void require_default_weights(const std::string& file, const DiscreteMeasure& measure);

}  // namespace brenier::io
