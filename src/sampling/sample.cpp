#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "brenier/sampling.hpp"
#include "sampling/portable_math.hpp"
#include "sampling/random.hpp"

namespace brenier {
namespace {

using sampling::Random;
using sampling::UnitVector;

/// The options of a law, its defaults filled in.
struct Settings {
  Index n, d, modes;
  double radius, std;
  bool stratified;
};

/// The numbers below `count`, each as often as the others as far as n allows, in random order (Fisher and Yates).
std::vector<Index> shuffled_strata(Index n, Index count, Random& random) {
  std::vector<Index> strata(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) strata[static_cast<std::size_t>(i)] = i % count;
  for (std::size_t left = strata.size(); left > 1; --left) std::swap(strata[left - 1], strata[random.below(left)]);
  return strata;
}

void add_noise(double std, Random& random, Points& points, Index row) {
  for (Index k = 0; k < points.cols(); ++k) points(row, k) += std * random.normal();
}

void ring(const Settings& settings, Random& random, Points& points) {
  const std::vector<Index> modes =
      settings.stratified ? shuffled_strata(settings.n, settings.modes, random) : std::vector<Index>();
  for (Index i = 0; i < settings.n; ++i) {
    const Index mode = settings.stratified
                           ? modes[static_cast<std::size_t>(i)]
                           : static_cast<Index>(random.below(static_cast<std::uint64_t>(settings.modes)));
    const UnitVector centre = sampling::unit_vector(static_cast<double>(mode) / static_cast<double>(settings.modes));
    points.row(i) << settings.radius * centre.cosine, settings.radius * centre.sine;
    add_noise(settings.std, random, points, i);
  }
}

/// Box and Muller: the angle is uniform, and here in a sector of its own; |x|²/2σ² is exponential.
void gaussian_in_sectors(const Settings& settings, Random& random, Points& points) {
  const std::vector<Index> sectors = shuffled_strata(settings.n, settings.n, random);
  for (Index i = 0; i < settings.n; ++i) {
    const double turns = static_cast<double>(sectors[static_cast<std::size_t>(i)]) + random.uniform();
    const UnitVector direction = sampling::unit_vector(turns / static_cast<double>(settings.n));
    const double distance = settings.std * std::sqrt(-2 * sampling::portable_log(1 - random.uniform()));
    points.row(i) << distance * direction.cosine, distance * direction.sine;
  }
}

void gaussian(const Settings& settings, Random& random, Points& points) {
  if (settings.stratified) return gaussian_in_sectors(settings, random, points);
  for (Index i = 0; i < settings.n; ++i) add_noise(settings.std, random, points, i);
}

void uniform(const Settings&, Random& random, Points& points) {
  for (Index k = 0; k < points.size(); ++k) points.data()[k] = random.uniform();
}

/// The first d coordinates of a uniform point on the sphere in ℝ^(d+2) are uniform in the ball of ℝᵈ.
void ball(const Settings& settings, Random& random, Points& points) {
  for (Index i = 0; i < settings.n; ++i) {
    double squares = 0;
    for (Index k = 0; k < settings.d + 2; ++k) {
      const double x = random.normal();
      squares += x * x;
      if (k < settings.d) points(i, k) = x;
    }
    const double factor = settings.radius / std::sqrt(squares);
    for (Index k = 0; k < settings.d; ++k) points(i, k) *= factor;
  }
}

/// The squared distance from the centre is uniform, as the area is.
void annulus(const Settings& settings, Random& random, Points& points) {
  for (Index i = 0; i < settings.n; ++i) {
    const double distance = settings.radius * std::sqrt(0.25 + 0.75 * random.uniform());
    const UnitVector direction = sampling::unit_vector(random.uniform());
    points.row(i) << distance * direction.cosine, distance * direction.sine;
  }
}

void swissroll(const Settings& settings, Random& random, Points& points) {
  for (Index i = 0; i < settings.n; ++i) {
    const double turns = 0.75 + 1.5 * random.uniform();
    const UnitVector direction = sampling::unit_vector(turns);
    const double distance = settings.radius * (turns / 2.25);
    points(i, 0) = distance * direction.cosine;
    points(i, 1) = distance * direction.sine;
    if (settings.d == 3) points(i, 2) = settings.radius * random.uniform();
    if (settings.std > 0) add_noise(settings.std, random, points, i);
  }
}

/// A cell is dark when its row and column, counted from the lower left corner, have an even sum.
void checkerboard(const Settings& settings, Random& random, Points& points) {
  const double side = settings.radius / 2;
  for (Index i = 0; i < settings.n; ++i) {
    const auto row = static_cast<Index>(random.below(4));
    const Index column = 2 * static_cast<Index>(random.below(2)) + row % 2;
    points(i, 0) = (static_cast<double>(column - 2) + random.uniform()) * side;
    points(i, 1) = (static_cast<double>(row - 2) + random.uniform()) * side;
  }
}

void dirac(const Settings&, Random&, Points&) {}

/// A law and what it takes; options without a default are not its own.
struct Law {
  std::string kind;
  void (*draw)(const Settings&, Random&, Points&);  ///< Gets points at the origin.
  Index smallest_dimension, largest_dimension;
  std::optional<Index> modes;
  std::optional<double> radius, std;
  std::optional<Index> stratified_dimension = {};  ///< Where it has strata.
};

const std::vector<Law>& laws() {
  constexpr Index any = std::numeric_limits<Index>::max();
  constexpr auto none = std::nullopt;
  static const std::vector<Law> all = {
      {"ring", ring, 2, 2, 8, 1.0, 0.1, 2},
      {"gaussian", gaussian, 1, any, none, none, 1.0, 2},
      {"uniform", uniform, 1, any, none, none, none},
      {"ball", ball, 1, any, none, 1.0, none},
      {"annulus", annulus, 2, 2, none, 1.0, none},
      {"swissroll", swissroll, 2, 3, none, 1.0, 0.0},
      {"checkerboard", checkerboard, 2, 2, none, 1.0, none},
      {"dirac", dirac, 1, any, none, none, none},
  };
  return all;
}

[[noreturn]] void refuse(const std::string& option, const std::string& value, const std::string& expected) {
  throw std::invalid_argument("sample: " + option + " is " + value + ", but must be " + expected);
}

const Law& law_named(const std::string& kind) {
  std::string known;
  for (const Law& law : laws()) {
    if (law.kind == kind) return law;
    known += (known.empty() ? "" : ", ") + law.kind;
  }
  refuse("kind", "'" + kind + "'", "one of " + known);
}

template <class T>
T choose(const Law& law, const std::string& option, const std::optional<T>& given, const std::optional<T>& standard) {
  if (given && !standard) refuse(option, "set", "left out for " + law.kind + ", which has no use for it");
  return given.value_or(standard.value_or(T{}));
}

Settings checked(const SampleOptions& options, const Law& law) {
  const Index d = options.dimension;
  if (options.n < 1) refuse("n", std::to_string(options.n), "at least 1");
  if (d < law.smallest_dimension || d > law.largest_dimension) {
    std::string expected = std::to_string(law.smallest_dimension);
    if (law.largest_dimension == std::numeric_limits<Index>::max())
      expected = "at least " + expected;
    else if (law.largest_dimension > law.smallest_dimension)
      expected += " or " + std::to_string(law.largest_dimension);
    refuse("dimension", std::to_string(d), expected + " for " + law.kind);
  }
  if (options.n > std::numeric_limits<Index>::max() / static_cast<Index>(sizeof(double)) / d) {
    refuse("n", std::to_string(options.n), "small enough for n·d numbers to be counted");
  }
  Settings settings{options.n, d, 0, 0, 0, options.stratified};
  settings.modes = choose(law, "modes", options.modes, law.modes);
  settings.radius = choose(law, "radius", options.radius, law.radius);
  settings.std = choose(law, "std", options.std, law.std);
  if (law.modes && settings.modes < 1) refuse("modes", std::to_string(settings.modes), "at least 1");
  const auto text_of = [](double value) {
    std::ostringstream text;
    text << value;
    return text.str();
  };
  if (law.radius && !(settings.radius > 0 && std::isfinite(settings.radius))) {
    refuse("radius", text_of(settings.radius), "finite and above 0");
  }
  if (law.std && !(settings.std >= 0 && std::isfinite(settings.std))) {
    refuse("std", text_of(settings.std), "finite and not below 0");
  }
  if (settings.stratified && !law.stratified_dimension) {
    refuse("stratified", "set", "left out for " + law.kind + ", which has no strata");
  }
  if (settings.stratified && d != *law.stratified_dimension) {
    refuse("stratified", "set",
           "left out for " + law.kind + " in dimension " + std::to_string(d) + ": sectors are of the plane");
  }
  return settings;
}

}  // namespace

const std::vector<std::string>& sample_kinds() {
  static const std::vector<std::string> kinds = [] {
    std::vector<std::string> names;
    for (const Law& law : laws()) names.push_back(law.kind);
    return names;
  }();
  return kinds;
}

DiscreteMeasure sample(const SampleOptions& options) {
  const Law& law = law_named(options.kind);
  const Settings settings = checked(options, law);
  Random random(options.seed);
  Points points = Points::Zero(settings.n, settings.d);
  law.draw(settings, random, points);
  return DiscreteMeasure(std::move(points));
}

}  // namespace brenier
