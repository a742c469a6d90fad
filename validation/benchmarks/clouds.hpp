#pragma once

#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"

namespace brenier::benchmark {

/// What is to be transported onto what; everything but the number of points has few values.
///
/// | family | source → target | dimension |
/// |---|---|---|
/// | ring | Gaussian of standard deviation 0.05 → eight Gaussians on a circle | 2 |
/// | uniform | unit cube → unit cube | any |
/// | shifted | unit cube → unit cube shifted by 2 along every axis | any |
/// | spiral | ball → swiss roll with noise 0.02 | 2, 3 |
/// | clustered | 64 narrow Gaussians → 64 others | any |
/// | grid | points of a lattice, row by row → uniform points moved onto the lattice: ties and copies | 2, 3 |
/// | digits | the first n MNIST test images → the next n | 784 |
struct CloudCase {
  std::string family;
  Index n = 0;                 ///< Points in each of the two clouds.
  Index dimension = 2;         ///< d.
  bool random_masses = false;  ///< Masses uniform on (0, 1], scaled to sum 1; otherwise 1/n each.
  std::string data;            ///< Folder of the digits (`t10k-images-idx3-ubyte.gz`).
};

struct CloudPair {
  DiscreteMeasure source;
  DiscreteMeasure target;
};

/// Names of the families, as in the table above.
const std::vector<std::string>& family_names();

/// The clouds of a case: the same on every machine and in every call.
/// @throws std::invalid_argument for a family, dimension or number of points that there is not; FileError for digits
/// that cannot be read. O(n·d).
CloudPair make_clouds(const CloudCase& cloud_case);

}  // namespace brenier::benchmark
