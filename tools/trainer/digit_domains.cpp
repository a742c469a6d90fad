#include "digit_domains.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "digits.hpp"

namespace brenier::trainer {
namespace {

using validation::Digits;

/// The digits that are trained on, and those that test.
struct Split {
  Digits training, test;
};

/// Rows whose number leaves the remainder 4 by 5, or the others.
Digits fifth(const Digits& digits, bool taken) {
  std::vector<Index> rows;
  for (Index i = 0; i < digits.images.rows(); ++i) {
    if ((i % 5 == 4) == taken) rows.push_back(i);
  }
  Digits part{Points(static_cast<Index>(rows.size()), digits.images.cols()), {}};
  for (std::size_t k = 0; k < rows.size(); ++k) {
    part.images.row(static_cast<Index>(k)) = digits.images.row(rows[k]);
    part.labels.push_back(digits.labels[static_cast<std::size_t>(rows[k])]);
  }
  return part;
}

Split split(Digits digits, bool has_test, const Digits& test) {
  if (has_test) return {std::move(digits), test};
  return {fifth(digits, false), fifth(digits, true)};
}

Split usps(const DigitFiles& files) {
  const bool has_test = !files.usps_test.empty();
  return split(validation::read_usps(files.usps), has_test,
               has_test ? validation::read_usps(files.usps_test) : Digits());
}

Split mnist(const DigitFiles& files) {
  const bool has_test = !files.mnist_test.empty();
  return split(validation::read_mnist(files.mnist, files.mnist_labels), has_test,
               has_test ? validation::read_mnist(files.mnist_test, files.mnist_test_labels) : Digits());
}

/// Pixels from −1 to 1 instead of 0 to 1.
Points centred(const Points& pixels) { return (2.0 * pixels.array() - 1.0).matrix(); }

LabelledPoints labelled_part(const Digits& digits, Index count, std::uint64_t seed) {
  const Digits part = validation::draw(digits, std::min(count, digits.images.rows()), seed);
  return {centred(part.images), part.labels};
}

}  // namespace

TrainingData read_digit_domains(const DigitFiles& files, Direction direction, Index labelled, std::uint64_t seed) {
  Split from = usps(files), to = mnist(files);
  if (direction == Direction::mnist_to_usps) std::swap(from, to);
  return {Dataset(DiscreteMeasure(centred(from.training.images))),
          Dataset(DiscreteMeasure(centred(to.training.images))), labelled_part(from.training, labelled, seed),
          labelled_part(to.test, labelled, seed)};
}

}  // namespace brenier::trainer
