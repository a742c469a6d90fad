#include "truth/integer_clouds.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace brenier::test {
namespace {

double power_of_ten(RandomClouds& random, Index lowest, Index highest) {
  return std::pow(10.0, static_cast<double>(random.integer(lowest, highest)));
}

Points box(RandomClouds& random, Index n, Index dimension, Index size) {
  Points points(n, dimension);
  for (Index k = 0; k < points.size(); ++k) points.data()[k] = static_cast<double>(random.integer(0, size));
  return points;
}

Eigen::RowVectorXd direction(RandomClouds& random, Index dimension) {
  Eigen::RowVectorXd way(dimension);
  for (double& w : way) w = static_cast<double>(random.integer(-1, 1));
  if (way.isZero()) way[0] = 1.0;
  return way;
}

/// Small masses with the given sum, some of them zero.
std::vector<Index> masses(RandomClouds& random, Index points, Index sum) {
  std::vector<Index> mass(static_cast<std::size_t>(points), 0);
  for (Index unit = 0; unit < sum; ++unit) ++mass[static_cast<std::size_t>(random.integer(0, points - 1))];
  return mass;
}

using Maker = void (*)(RandomClouds&, IntegerInstance&);

void lattice(RandomClouds& random, IntegerInstance& instance) {
  const Index size = random.integer(1, 6), dimension = instance.sources.cols();
  instance.sources = box(random, instance.sources.rows(), dimension, size);
  instance.targets = box(random, instance.targets.rows(), dimension, size);
}

void general(RandomClouds& random, IntegerInstance& instance) {
  const auto size = static_cast<Index>(power_of_ten(random, 2, 12));
  const Index dimension = instance.sources.cols();
  instance.sources = box(random, instance.sources.rows(), dimension, size);
  instance.targets = box(random, instance.targets.rows(), dimension, size);
}

void clusters(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const double apart = power_of_ten(random, 2, 9);
  const Points centres = apart * box(random, 4, instance.sources.cols(), 3);
  for (Points* points : {&instance.sources, &instance.targets}) {
    for (Index i = 0; i < points->rows(); ++i) points->row(i) += centres.row(random.integer(0, 3));
  }
}

void far_point_in_both(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const Eigen::RowVectorXd far = power_of_ten(random, 3, 12) * direction(random, instance.sources.cols());
  instance.sources.row(random.integer(0, instance.sources.rows() - 1)) = far;
  instance.targets.row(random.integer(0, instance.targets.rows() - 1)) = far;
}

void far_point_in_one(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  Points& cloud = random.integer(0, 1) == 0 ? instance.sources : instance.targets;
  cloud.row(random.integer(0, cloud.rows() - 1)) =
      power_of_ten(random, 3, 12) * direction(random, instance.sources.cols());
}

void two_sites(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const Eigen::RowVectorXd far = power_of_ten(random, 2, 12) * direction(random, instance.sources.cols());
  for (Points* points : {&instance.sources, &instance.targets}) points->topRows(points->rows() / 2).rowwise() += far;
}

void unequal_sites(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const Eigen::RowVectorXd far = power_of_ten(random, 2, 12) * direction(random, instance.sources.cols());
  for (Points* points : {&instance.sources, &instance.targets}) {
    points->topRows(random.integer(0, points->rows())).rowwise() += far;
  }
}

void three_scales(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const double scale = power_of_ten(random, 2, 4);
  for (Points* points : {&instance.sources, &instance.targets}) {
    for (Index i = 0; i < points->rows(); ++i) {
      const Index level = random.integer(0, 3);
      points->row(i) += std::pow(scale, static_cast<double>(level)) * direction(random, points->cols());
    }
  }
}

void common_offset(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const Eigen::RowVectorXd offset = power_of_ten(random, 3, 12) * direction(random, instance.sources.cols());
  instance.sources.rowwise() += offset;
  instance.targets.rowwise() += offset;
}

void translation(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  instance.targets.rowwise() += power_of_ten(random, 1, 7) * direction(random, instance.sources.cols());
}

void coinciding(RandomClouds& random, IntegerInstance& instance) {
  clusters(random, instance);
  for (Points* points : {&instance.sources, &instance.targets}) {
    for (Index i = 1; i < points->rows(); ++i) {
      if (random.integer(0, 1) == 0) points->row(i) = points->row(random.integer(0, i - 1));
    }
  }
  if (random.integer(0, 1) == 0) {
    for (Index j = 0; j < instance.targets.rows(); ++j) {
      instance.targets.row(j) = instance.sources.row(random.integer(0, instance.sources.rows() - 1));
    }
  }
}

void all_scales(RandomClouds& random, IntegerInstance& instance) {
  for (Points* points : {&instance.sources, &instance.targets}) {
    for (Index k = 0; k < points->size(); ++k) {
      points->data()[k] = static_cast<double>(random.integer(0, static_cast<Index>(power_of_ten(random, 0, 12))));
    }
  }
}

/// Up to three points of each cloud anywhere on one line, near or far.
void far_points_on_a_line(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const Eigen::RowVectorXd line = direction(random, instance.sources.cols());
  for (Points* points : {&instance.sources, &instance.targets}) {
    for (Index k = random.integer(0, 3); k > 0; --k) {
      const double place = static_cast<double>(random.integer(-999, 999)) * power_of_ten(random, 0, 9);
      points->row(random.integer(0, points->rows() - 1)) = place * line;
    }
  }
}

/// The same two or three far points in both clouds, other points there too for some of them.
void far_points_in_both(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  const Index most = std::min(instance.sources.rows(), instance.targets.rows());
  for (Index k = 0; k < std::min(random.integer(2, 3), most); ++k) {
    const double far = static_cast<double>(random.integer(1, 999)) * power_of_ten(random, 2, 9);
    const Eigen::RowVectorXd place = far * direction(random, instance.sources.cols());
    instance.sources.row(k) = place;
    instance.targets.row(k) = place;
    if (random.integer(0, 2) == 0) instance.targets.row(k) += box(random, 1, place.size(), 1000);
  }
}

/// Some points of each cloud moved outwards by a power of ten of their own.
void scattered(RandomClouds& random, IntegerInstance& instance) {
  lattice(random, instance);
  for (Points* points : {&instance.sources, &instance.targets}) {
    for (Index i = 0; i < points->rows(); ++i) {
      if (random.integer(0, 3) == 0) points->row(i) *= power_of_ten(random, 1, 10);
    }
  }
}

struct Family {
  const char* name;
  Maker make;
};

constexpr Family families[] = {{"lattice", lattice},
                               {"general", general},
                               {"clusters", clusters},
                               {"far point in both", far_point_in_both},
                               {"far point in one", far_point_in_one},
                               {"two sites", two_sites},
                               {"unequal sites", unequal_sites},
                               {"three scales", three_scales},
                               {"common offset", common_offset},
                               {"translation", translation},
                               {"coinciding", coinciding},
                               {"all scales", all_scales},
                               {"far points on a line", far_points_on_a_line},
                               {"far points in both", far_points_in_both},
                               {"scattered", scattered}};

}  // namespace

Index IntegerInstance::mass() const { return std::accumulate(supply.begin(), supply.end(), Index{0}); }

bool IntegerInstance::has_equal_weights() const {
  const auto is_equal = [](const std::vector<Index>& masses) {
    return std::all_of(masses.begin(), masses.end(), [&masses](Index mass) { return mass == masses.front(); });
  };
  return is_equal(supply) && is_equal(demand);
}

IntegerInstance draw_instance(std::uint64_t seed) {
  RandomClouds random(seed);
  IntegerInstance instance;
  const Family& family = families[seed % std::size(families)];
  instance.family = family.name;
  constexpr Index dimensions[] = {1, 2, 2, 3, 5, 15};
  const Index dimension = dimensions[random.integer(0, 5)];
  const Index most = random.integer(0, 9) == 0 ? 40 : 12;
  const Index n = random.integer(1, most), kind = random.integer(0, 3);
  const Index m = kind < 2 ? n : random.integer(1, most);
  instance.sources.resize(n, dimension);
  instance.targets.resize(m, dimension);
  family.make(random, instance);
  if (kind < 2) {
    instance.supply.assign(static_cast<std::size_t>(n), 1);
    instance.demand = instance.supply;
  } else if (kind == 2 && std::lcm(n, m) <= 120) {
    instance.supply.assign(static_cast<std::size_t>(n), std::lcm(n, m) / n);
    instance.demand.assign(static_cast<std::size_t>(m), std::lcm(n, m) / m);
  } else {
    const Index sum = random.integer(1, 2 * std::max(n, m));
    instance.supply = masses(random, n, sum);
    instance.demand = masses(random, m, sum);
  }
  return instance;
}

}  // namespace brenier::test
