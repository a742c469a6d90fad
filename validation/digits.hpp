#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::validation {

/// Images of 16×16 pixels from 0 to 1, one a row, with the digit that each shows.
struct Digits {
  Points images;            ///< n×256.
  std::vector<int> labels;  ///< n, or none where only the images were read.
};

/// Reads USPS digits as text, packed by gzip or not: a line is the digit, then 256 values from −1 to 1.
/// @throws FileError naming the line.
Digits read_usps(const std::string& file);

/// Reads MNIST images (IDX), and labels unless `labels` is empty.
///
/// An MNIST digit is drawn in the middle 20×20 of 28×28 pixels, a USPS digit fills its 16×16: the middle is taken, and
/// a new pixel is the mean over its square of 1¼×1¼ old ones.
/// @throws FileError
Digits read_mnist(const std::string& images, const std::string& labels = "");

/// `n` of the digits, drawn without replacement by a generator of the seed, the same on every machine.
/// @throws std::invalid_argument when there are fewer.
Digits draw(const Digits& digits, Index n, std::uint64_t seed);

}  // namespace brenier::validation
