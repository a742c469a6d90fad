#include <stdexcept>

#include "brenier/io.hpp"
#include "io/arrays/npz.hpp"
#include "io/failure.hpp"
#include "io/input.hpp"

namespace brenier {

GaussianMoments read_moments(const std::string& name, Covariance covariance) {
  if (!io::has_suffix(name, ".npz")) return GaussianMoments(read_measure(name), covariance);
  const io::Input input = io::read_input(name);
  const io::NpzReader archive(input);
  if (!archive.contains("mu") && !archive.contains("sigma")) return GaussianMoments(read_measure(name), covariance);
  Vector mean = archive.read_vector("mu", -1).values.col(0);
  try {
    return GaussianMoments(std::move(mean), archive.read("sigma").values);
  } catch (const std::invalid_argument& error) {
    io::fail(input.name, std::string("arrays mu and sigma: ") + error.what());
  }
}

}  // namespace brenier
