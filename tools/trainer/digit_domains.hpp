#pragma once

#include <string>

#include "datasets.hpp"

namespace brenier::trainer {

/// Which digits are carried to which.
enum class Direction { usps_to_mnist, mnist_to_usps };

/// Files of digits, as `validation/digits.hpp` reads them. Those for tests may be empty: then each fifth digit of the
/// others is kept for tests, and not trained on.
struct DigitFiles {
  std::string usps, usps_test;
  std::string mnist, mnist_labels;
  std::string mnist_test, mnist_test_labels;
};

/// Domain adaptation in ℝ²⁵⁶: images of 16×16 pixels from −1 to 1. The target's labels are seen by the test only.
/// @param labelled how many digits of the source are labelled, and how many of the target test; all where there are
/// fewer.
/// @throws FileError
TrainingData read_digit_domains(const DigitFiles& files, Direction direction, Index labelled, std::uint64_t seed);

}  // namespace brenier::trainer
