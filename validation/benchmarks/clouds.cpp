#include "clouds.hpp"

#include <limits>
#include <stdexcept>

#include "brenier/io.hpp"
#include "brenier/sampling.hpp"
#include "numeric/message.hpp"
#include "sampling/random.hpp"

namespace brenier::benchmark {
namespace {

enum Seed : std::uint64_t {
  source_seed = 1,
  target_seed,
  source_centres,
  target_centres,
  source_masses,
  target_masses
};

struct PointsPair {
  Points source;
  Points target;
};

Points draw(const std::string& kind, const CloudCase& cloud_case, Seed seed) {
  SampleOptions options;
  options.kind = kind;
  options.n = cloud_case.n;
  options.dimension = cloud_case.dimension;
  options.seed = seed;
  return sample(options).points();
}

PointsPair ring(const CloudCase& cloud_case) {
  return {0.05 * draw("gaussian", cloud_case, source_seed), draw("ring", cloud_case, target_seed)};
}

PointsPair uniform(const CloudCase& cloud_case) {
  return {draw("uniform", cloud_case, source_seed), draw("uniform", cloud_case, target_seed)};
}

PointsPair shifted(const CloudCase& cloud_case) {
  PointsPair points = uniform(cloud_case);
  points.target.array() += 2.0;
  return points;
}

PointsPair spiral(const CloudCase& cloud_case) {
  SampleOptions roll;
  roll.kind = "swissroll";
  roll.n = cloud_case.n;
  roll.dimension = cloud_case.dimension;
  roll.std = 0.02;
  roll.seed = target_seed;
  return {draw("ball", cloud_case, source_seed), sample(roll).points()};
}

/// Gaussians of standard deviation 0.01 around 64 uniform centres, each with every 64th point.
Points clusters(const CloudCase& cloud_case, Seed seed, Seed centre_seed) {
  constexpr Index count = 64;
  CloudCase centre_case = cloud_case;
  centre_case.n = count;
  const Points centres = draw("uniform", centre_case, centre_seed);
  Points points = 0.01 * draw("gaussian", cloud_case, seed);
  for (Index i = 0; i < points.rows(); ++i) points.row(i) += centres.row(i % count);
  return points;
}

PointsPair clustered(const CloudCase& cloud_case) {
  return {clusters(cloud_case, source_seed, source_centres), clusters(cloud_case, target_seed, target_centres)};
}

/// Points of ({½, 1½, …, side − ½}/side)ᵈ with the smallest side that has room for n of them.
PointsPair grid(const CloudCase& cloud_case) {
  const auto room = [&](Index side) {
    double points = 1.0;
    for (Index k = 0; k < cloud_case.dimension; ++k) points *= static_cast<double>(side);
    return points;
  };
  Index side = 1;
  while (room(side) < static_cast<double>(cloud_case.n)) ++side;
  Points lattice(cloud_case.n, cloud_case.dimension);
  for (Index i = 0; i < cloud_case.n; ++i) {
    Index rest = i;
    for (Index k = cloud_case.dimension - 1; k >= 0; --k) {
      lattice(i, k) = static_cast<double>(rest % side);
      rest /= side;
    }
  }
  const auto width = static_cast<double>(side);
  const Points cells = (width * draw("uniform", cloud_case, target_seed)).array().floor();
  return {(lattice.array() + 0.5) / width, (cells.array() + 0.5) / width};
}

PointsPair digits(const CloudCase& cloud_case) {
  const std::string file = cloud_case.data + "/t10k-images-idx3-ubyte.gz";
  const DiscreteMeasure images = read_measure(file);
  if (images.size() / 2 < cloud_case.n) {
    throw std::invalid_argument(
        message("n: is ", cloud_case.n, ", but ", file, " has ", images.size(), " images for two clouds"));
  }
  if (images.dimension() != cloud_case.dimension) {
    throw std::invalid_argument(
        message(file, ": images have ", images.dimension(), " pixels, expected ", cloud_case.dimension));
  }
  return {images.points().topRows(cloud_case.n), images.points().middleRows(cloud_case.n, cloud_case.n)};
}

struct Family {
  std::string name;
  PointsPair (*make)(const CloudCase&);
  Index smallest_dimension;
  Index largest_dimension;
};

const std::vector<Family>& families() {
  constexpr Index any = std::numeric_limits<Index>::max();
  static const std::vector<Family> all = {
      {"ring", ring, 2, 2},         {"uniform", uniform, 1, any},     {"shifted", shifted, 1, any},
      {"spiral", spiral, 2, 3},     {"clustered", clustered, 1, any}, {"grid", grid, 2, 3},
      {"digits", digits, 784, 784},
  };
  return all;
}

const Family& checked(const CloudCase& cloud_case) {
  if (cloud_case.n < 1) throw std::invalid_argument(message("n: is ", cloud_case.n, ", expected at least 1"));
  for (const Family& family : families()) {
    if (family.name != cloud_case.family) continue;
    const Index d = cloud_case.dimension;
    if (d >= family.smallest_dimension && d <= family.largest_dimension) return family;
    throw std::invalid_argument(message("dimension: is ", d, ", which the family ", family.name, " does not have"));
  }
  throw std::invalid_argument("family: unknown name " + cloud_case.family);
}

DiscreteMeasure with_random_masses(const Points& points, Seed seed) {
  sampling::Random random(seed);
  Vector weights(points.rows());
  for (double& weight : weights) weight = 1.0 - random.uniform();
  return DiscreteMeasure(points, weights).normalized();
}

}  // namespace

const std::vector<std::string>& family_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Family& family : families()) all.push_back(family.name);
    return all;
  }();
  return names;
}

CloudPair make_clouds(const CloudCase& cloud_case) {
  PointsPair points = checked(cloud_case).make(cloud_case);
  if (cloud_case.random_masses) {
    return {with_random_masses(points.source, source_masses), with_random_masses(points.target, target_masses)};
  }
  return {DiscreteMeasure(std::move(points.source)), DiscreteMeasure(std::move(points.target))};
}

}  // namespace brenier::benchmark
