#include "cases.hpp"

#include "digits_cases.hpp"
#include "flow_cases.hpp"
#include "gaussian_case.hpp"
#include "ground_truths.hpp"

namespace brenier::validation {
namespace {

/// "--usps FILE and --mnist FILE": those that are not given.
std::string names_of_missing(const std::vector<std::pair<std::string, std::string>>& options) {
  std::string names;
  for (const auto& [option, file] : options) {
    if (file.empty()) names += (names.empty() ? "" : " and ") + option + " FILE";
  }
  return names;
}

std::string missing_images(const DataSets& data) {
  return names_of_missing({{"--mnist", data.mnist}, {"--usps", data.usps}});
}

std::string missing_labelled_images(const DataSets& data) {
  return names_of_missing({{"--mnist", data.mnist}, {"--mnist-labels", data.mnist_labels}, {"--usps", data.usps}});
}

std::vector<Case> list() {
  return {
      {"ring", "narrow Gaussian to the ring of 8 modes, 512 particles: statements 1 to 7", true,
       [](const Setting& setting) { return ring(512, setting); }},
      {"unequal", "300 particles to 217 targets with uneven weights, cut along the plan: statements 1 to 7", true,
       unequal},
      {"gaussians", "Bures formula, Gelbrich's bound; 1000 particles in 2-D: statements 1 to 7", true, gaussians},
      {"line", "one dimension: the distance of the sorted points", true, line},
      {"translation", "the distance to a shifted copy", true, translation},
      {"radial", "rays: the distance of the radii", true, radial},
      {"permutations", "up to 8 points: the best of all permutations", true, permutations},
      {"metric", "symmetry, triangle inequality, W(a, a) = 0, W1 <= W2", true, metric_laws},
      {"means", "laws whose W2 is known in the mean", true, known_means},
      {"ring-2000", "as ring, 2000 particles", false, [](const Setting& setting) { return ring(2000, setting); }},
      {"swissroll", "Gaussian to a spiral, 1000 particles: statements 1 to 7", false, swissroll},
      {"uniform-2d", "two samples of the unit square, 1000 particles: statements 1 to 7", false,
       [](const Setting& setting) { return uniform(2, setting); }},
      {"uniform-3d", "two samples of the unit cube, 1000 particles: statements 1 to 7", false,
       [](const Setting& setting) { return uniform(3, setting); }},
      {"square", "the mean W2^2 between two samples of the unit square", false, unit_square},
      {"digits", "500 MNIST to 500 USPS digits, 16 x 16 pixels: statements 1 to 7", false, digits, missing_images},
      {"adaptation", "labelled USPS digits flow to MNIST: what their nearest neighbours say of unseen MNIST digits",
       false, adaptation, missing_labelled_images},
  };
}

}  // namespace

const std::vector<Case>& cases() {
  static const std::vector<Case> table = list();
  return table;
}

}  // namespace brenier::validation
