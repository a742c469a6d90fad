#include "brenier/sampling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <stdexcept>

#include "sampling/portable_math.hpp"
#include "sampling/random.hpp"

namespace brenier {
namespace {

Points draw(const std::string& kind, Index n, Index dimension, std::uint64_t seed = 1) {
  SampleOptions options;
  options.kind = kind;
  options.n = n;
  options.dimension = dimension;
  options.seed = seed;
  return sample(options).points();
}

std::string error_of(const SampleOptions& options) {
  try {
    sample(options);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no error";
}

/// FNV-1a over the bytes of the coordinates.
std::uint64_t fingerprint(const Points& points) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (Index k = 0; k < points.size(); ++k) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, points.data() + k, sizeof bits);
    for (int shift = 0; shift < 64; shift += 8) hash = (hash ^ (bits >> shift & 0xff)) * 0x100000001b3U;
  }
  return hash;
}

// Means over n points have a standard deviation of about 1/√n of the law's: at n = 40,000 five of them are 0.025.
constexpr Index many = 40000;
constexpr double five_sigma = 0.025;

TEST(Sampling, SameSeedSameBytesOnEveryMachine) {
  // Values of the first release: a change means that published seeds no longer give the published clouds.
  const std::vector<std::pair<std::string, std::uint64_t>> known = {
      {"ring", 0xb002f10bb0954decU},         {"gaussian", 0x0a9b791209b454b7U}, {"uniform", 0x63621b9c8fc4253dU},
      {"ball", 0xf49325f2ced32b01U},         {"annulus", 0x2e1d4d965afeee1eU},  {"swissroll", 0x44d67655c16e1b03U},
      {"checkerboard", 0x392881ecd99bfe13U}, {"dirac", 0x2c36c2471ceec525U},
  };
  for (const auto& [kind, hash] : known) {
    EXPECT_EQ(fingerprint(draw(kind, 1000, 2, 42)), hash) << kind;
    EXPECT_EQ(fingerprint(draw(kind, 1000, 2, 43)) == hash, kind == "dirac") << "another seed, another " << kind;
  }
  EXPECT_EQ(known.size(), sample_kinds().size());
}

TEST(Sampling, EveryLawGivesPointsOfTheSameMass) {
  for (const std::string& kind : sample_kinds()) {
    SampleOptions options;
    options.kind = kind;
    options.n = 10;
    const DiscreteMeasure cloud = sample(options);
    EXPECT_EQ(cloud.size(), 10) << kind;
    EXPECT_EQ(cloud.dimension(), 2) << kind;
    EXPECT_TRUE((cloud.weights().array() == 0.1).all()) << kind;
  }
}

TEST(Sampling, GaussianHasItsMoments) {
  const Points x = draw("gaussian", many, 3);
  for (Index k = 0; k < 3; ++k) {
    EXPECT_NEAR(x.col(k).mean(), 0, five_sigma);
    EXPECT_NEAR(x.col(k).array().square().mean(), 1, std::sqrt(2.0) * five_sigma);  // Var X² = 2
    EXPECT_NEAR(x.col(k).array().pow(4).mean(), 3, std::sqrt(96.0) * five_sigma);   // Var X⁴ = 105 − 9
    EXPECT_NEAR((x.col(k).array().abs() < 0.6744897501960817).cast<double>().mean(), 0.5, 0.5 * five_sigma);
  }
  EXPECT_NEAR((x.col(0).array() * x.col(1).array()).mean(), 0, five_sigma);
}

TEST(Sampling, GaussianScalesWithItsStandardDeviation) {
  SampleOptions options;
  options.kind = "gaussian";
  options.seed = 9;
  const Points unit = sample(options).points();
  options.std = 0.25;  // a power of two: the products are exact
  EXPECT_EQ(sample(options).points(), 0.25 * unit);
}

TEST(Sampling, UniformFillsTheCube) {
  const Points x = draw("uniform", many, 4);
  EXPECT_GE(x.minCoeff(), 0);
  EXPECT_LT(x.maxCoeff(), 1);
  for (Index k = 0; k < 4; ++k) {
    EXPECT_NEAR(x.col(k).mean(), 0.5, five_sigma / std::sqrt(12.0));
    EXPECT_NEAR(x.col(k).array().square().mean(), 1.0 / 3, five_sigma * std::sqrt(4.0 / 45));
  }
}

TEST(Sampling, BallIsUniformInVolume) {
  for (const Index d : {1, 2, 3, 7}) {
    const Eigen::ArrayXd distance = draw("ball", many, d).rowwise().norm().array();
    EXPECT_LE(distance.maxCoeff(), 1) << d;
    // |X|ᵈ is uniform on [0, 1].
    EXPECT_NEAR(distance.pow(static_cast<double>(d)).mean(), 0.5, five_sigma / std::sqrt(12.0)) << d;
    EXPECT_NEAR(distance.pow(2.0 * static_cast<double>(d)).mean(), 1.0 / 3, five_sigma * std::sqrt(4.0 / 45)) << d;
  }
}

TEST(Sampling, AnnulusIsUniformInArea) {
  const Points x = draw("annulus", many, 2);
  const Eigen::ArrayXd squares = x.rowwise().squaredNorm().array();
  // Within rounding of a few units in the last place.
  EXPECT_GE(squares.minCoeff(), 0.25 - 1e-15);
  EXPECT_LE(squares.maxCoeff(), 1 + 1e-15);
  EXPECT_NEAR(squares.mean(), 0.625, 0.75 * five_sigma / std::sqrt(12.0));
  EXPECT_NEAR(x.col(0).mean(), 0, five_sigma);
  EXPECT_NEAR(x.col(1).mean(), 0, five_sigma);
}

TEST(Sampling, SwissrollIsASpiral) {
  const Points x = draw("swissroll", 1000, 3);
  for (Index i = 0; i < x.rows(); ++i) {
    const double turns = 2.25 * std::hypot(x(i, 0), x(i, 1));
    EXPECT_GE(turns, 0.75 - 1e-14);
    EXPECT_LE(turns, 2.25 + 1e-14);
    // The angle tells the same number of turns as the radius; |∂ position| amplifies rounding by less than 10.
    EXPECT_NEAR(x(i, 0), turns / 2.25 * std::cos(2 * M_PI * turns), 1e-14);
    EXPECT_NEAR(x(i, 1), turns / 2.25 * std::sin(2 * M_PI * turns), 1e-14);
    EXPECT_GE(x(i, 2), 0);
    EXPECT_LT(x(i, 2), 1);
  }
}

TEST(Sampling, CheckerboardUsesTheDarkCellsAlike) {
  const Points x = draw("checkerboard", many, 2);
  Eigen::ArrayXXd share = Eigen::ArrayXXd::Zero(4, 4);
  for (Index i = 0; i < x.rows(); ++i) {
    const auto cell = [](double value) { return static_cast<Index>(std::floor(2 * value + 2)); };
    share(cell(x(i, 1)), cell(x(i, 0))) += 1.0 / static_cast<double>(many);
  }
  for (Index row = 0; row < 4; ++row) {
    for (Index column = 0; column < 4; ++column) {
      EXPECT_NEAR(share(row, column), (row + column) % 2 == 0 ? 0.125 : 0, (row + column) % 2 == 0 ? five_sigma : 0);
    }
  }
}

TEST(Sampling, DiracIsTheOrigin) { EXPECT_EQ(draw("dirac", 5, 3), Points::Zero(5, 3)); }

/// Mode whose centre is closest, on a circle of the radius 1.
Index closest_mode(const Points& x, Index i, Index modes) {
  const double turns = std::atan2(x(i, 1), x(i, 0)) / (2 * M_PI);
  return (static_cast<Index>(std::lround(turns * static_cast<double>(modes))) + modes) % modes;
}

TEST(Sampling, RingHasItsModesAndSpread) {
  SampleOptions options;
  options.n = many;
  const Points x = sample(options).points();
  Points deviation = x;
  for (Index i = 0; i < many; ++i) {
    const double angle = 2 * M_PI * static_cast<double>(closest_mode(x, i, 8)) / 8;
    deviation.row(i) -= Eigen::RowVector2d(std::cos(angle), std::sin(angle));
  }
  // E|X − centre|² = 2·0.1²; its standard deviation is as large. The few points closer to another mode change little.
  EXPECT_NEAR(deviation.rowwise().squaredNorm().mean(), 0.02, 0.02 * five_sigma);
  EXPECT_NEAR(x.rowwise().squaredNorm().mean(), 1.02, five_sigma * 0.3);
}

TEST(Sampling, StratifiedRingGivesEachModeItsShareInRandomOrder) {
  SampleOptions options;
  options.n = 515;
  options.std = 0.01;  // no point comes near another mode
  options.stratified = true;
  const Points x = sample(options).points();
  std::vector<Index> count(8, 0);
  Index in_order = 0;
  for (Index i = 0; i < 515; ++i) {
    ++count[static_cast<std::size_t>(closest_mode(x, i, 8))];
    in_order += closest_mode(x, i, 8) == i % 8 ? 1 : 0;
  }
  EXPECT_EQ(count, (std::vector<Index>{65, 65, 65, 64, 64, 64, 64, 64}));
  EXPECT_LT(in_order, 150) << "about 64 of 515 stay where they are by chance";
}

TEST(Sampling, StratifiedGaussianHasAPointInEachSectorInRandomOrder) {
  constexpr Index n = 4099;
  SampleOptions options;
  options.kind = "gaussian";
  options.n = n;
  options.std = 0.5;
  options.seed = 3;
  options.stratified = true;
  const Points x = sample(options).points();
  std::vector<bool> taken(n, false);
  Index in_order = 0;
  for (Index i = 0; i < n; ++i) {
    const double turns = std::atan2(x(i, 1), x(i, 0)) / (2 * M_PI);
    const auto sector = static_cast<Index>((turns - std::floor(turns)) * static_cast<double>(n));
    EXPECT_FALSE(taken[static_cast<std::size_t>(sector)]) << "sector " << sector;
    taken[static_cast<std::size_t>(sector)] = true;
    in_order += sector == i ? 1 : 0;
  }
  EXPECT_LT(in_order, 20) << "one stays where it is by chance";
  // |x|²/2σ² is exponential: mean and standard deviation 1, and e⁻¹ of all are beyond 1.
  const Vector exponent = x.rowwise().squaredNorm() / (2 * 0.5 * 0.5);
  const double five_errors = 5 / std::sqrt(static_cast<double>(n));
  EXPECT_NEAR(exponent.mean(), 1, five_errors);
  EXPECT_NEAR(static_cast<double>((exponent.array() > 1).count()) / n, std::exp(-1), five_errors / 2);
  EXPECT_EQ(sample(options).points(), x) << "the same seed";
}

TEST(Sampling, TakesModesRadiusAndNoStandardDeviation) {
  SampleOptions options;
  options.n = 40;
  options.modes = 4;
  options.radius = 2;
  options.std = 0;
  const Points x = sample(options).points();
  for (Index i = 0; i < 40; ++i) {
    EXPECT_EQ(x.row(i).cwiseAbs().maxCoeff(), 2) << "quarter turns are exact";
    EXPECT_EQ(x.row(i).cwiseAbs().minCoeff(), 0);
  }
}

TEST(Sampling, RefusesBadOptionsByName) {
  const auto with = [](auto change) {
    SampleOptions options;
    change(options);
    return error_of(options);
  };
  EXPECT_EQ(
      with([](SampleOptions& o) { o.kind = "moons"; }),
      "sample: kind is 'moons', but must be one of ring, gaussian, uniform, ball, annulus, swissroll, checkerboard, "
      "dirac");
  EXPECT_EQ(with([](SampleOptions& o) { o.n = 0; }), "sample: n is 0, but must be at least 1");
  EXPECT_EQ(with([](SampleOptions& o) { o.dimension = 3; }), "sample: dimension is 3, but must be 2 for ring");
  EXPECT_EQ(with([](SampleOptions& o) { o.kind = "swissroll", o.dimension = 4; }),
            "sample: dimension is 4, but must be 2 or 3 for swissroll");
  EXPECT_EQ(with([](SampleOptions& o) { o.kind = "ball", o.dimension = 0; }),
            "sample: dimension is 0, but must be at least 1 for ball");
  EXPECT_EQ(with([](SampleOptions& o) { o.modes = 0; }), "sample: modes is 0, but must be at least 1");
  EXPECT_EQ(with([](SampleOptions& o) { o.radius = -1; }), "sample: radius is -1, but must be finite and above 0");
  EXPECT_EQ(with([](SampleOptions& o) { o.std = std::nan(""); }),
            "sample: std is nan, but must be finite and not below 0");
  EXPECT_EQ(with([](SampleOptions& o) { o.kind = "uniform", o.std = 1; }),
            "sample: std is set, but must be left out for uniform, which has no use for it");
  EXPECT_EQ(with([](SampleOptions& o) { o.kind = "uniform", o.stratified = true; }),
            "sample: stratified is set, but must be left out for uniform, which has no strata");
  EXPECT_EQ(with([](SampleOptions& o) { o.kind = "gaussian", o.dimension = 3, o.stratified = true; }),
            "sample: stratified is set, but must be left out for gaussian in dimension 3: sectors are of the plane");
}

TEST(PortableMath, AgreesWithTheStandardLibrary) {
  sampling::Random random(3);
  for (int round = 0; round < 100000; ++round) {
    const double x = random.uniform() + 0x1p-60;
    // A few roundings of 1.1e-16 each.
    ASSERT_NEAR(sampling::portable_log(x), std::log(x), 5e-16 * (1 + std::abs(std::log(x)))) << x;
    const double turns = 4 * random.uniform() - 2;
    const sampling::UnitVector u = sampling::unit_vector(turns);
    ASSERT_NEAR(u.cosine, std::cos(2 * M_PI * turns), 4e-15) << turns;  // |2π·turns| ≤ 4π is rounded to 2e-15
    ASSERT_NEAR(u.sine, std::sin(2 * M_PI * turns), 4e-15) << turns;
    ASSERT_NEAR(u.cosine * u.cosine + u.sine * u.sine, 1, 1e-15) << turns;
  }
}

TEST(Random, IsWithoutBiasBelowABound) {
  sampling::Random random(5);
  std::vector<Index> count(6, 0);
  for (Index k = 0; k < 60000; ++k) ++count[random.below(6)];
  for (const Index c : count)
    EXPECT_NEAR(static_cast<double>(c), 10000, 5 * 92);  // five standard deviations √(np(1−p))
}

}  // namespace
}  // namespace brenier
