#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>

#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"

/// Cases whose answer is known in closed form.
namespace brenier {
namespace {

constexpr double pi = 3.14159265358979323846;

Solution proven(const DiscreteMeasure& source, const DiscreteMeasure& target, int order) {
  SolveOptions options;
  options.order = order;
  Solution solution = solve(source, target, options);
  EXPECT_EQ(solution.termination.reason, Termination::Reason::optimal) << solution.termination.detail;
  return solution;
}

TEST(GroundTruth, TranslationByAVectorCostsItsLength) {
  test::RandomClouds random(51);
  const Eigen::RowVector3d shift(2, -3, 6);
  for (const int order : {1, 2}) {
    const Points x = random.normal_points(300, 3);
    const Solution solution = proven(DiscreteMeasure(x), DiscreteMeasure(Points(x.rowwise() + shift)), order);
    EXPECT_NEAR(solution.distance, 7.0, 7 * 1e-13);  // Points and sums are rounded, the mean of 300 lengths is 7.
  }
}

TEST(GroundTruth, GradientsOfConvexFunctionsAreOptimalMaps) {
  test::RandomClouds random(52);
  for (const Index dimension : {2, 3, 7}) {
    const Points factor = random.normal_points(dimension, dimension);
    const Eigen::MatrixXd matrix = factor * factor.transpose();  // Symmetric, positive semidefinite.
    const Points x = random.normal_points(200, dimension);
    const Points y = (x * matrix).rowwise() + Eigen::RowVectorXd::LinSpaced(dimension, -1, 1);
    const Solution solution = proven(DiscreteMeasure(x), DiscreteMeasure(y), 2);
    const double expected = std::sqrt((x - y).rowwise().squaredNorm().mean());
    EXPECT_NEAR(solution.distance, expected, expected * 1e-12);
  }
}

/// W_pᵖ = ∫₀¹ |F⁻¹ − G⁻¹|ᵖ for n and m points of equal mass: both quantile functions are constant on pieces of length
/// 1/(nm).
double quantile_distance(std::vector<double> x, std::vector<double> y, int order) {
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  const std::size_t pieces = x.size() * y.size();
  long double sum = 0;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const long double gap = std::abs(static_cast<long double>(x[piece / y.size()]) - y[piece / x.size()]);
    sum += order == 2 ? gap * gap : gap;
  }
  const auto mean = static_cast<double>(sum / static_cast<long double>(pieces));
  return order == 2 ? std::sqrt(mean) : mean;
}

TEST(GroundTruth, OnALineQuantilesAreMatched) {
  test::RandomClouds random(53);
  for (const auto& [n, m] : std::vector<std::pair<Index, Index>>{{200, 200}, {97, 64}, {1, 31}}) {
    const Points x = random.normal_points(n, 1);
    const Points y = random.normal_points(m, 1);
    for (const int order : {1, 2}) {
      const double expected = quantile_distance({x.data(), x.data() + n}, {y.data(), y.data() + m}, order);
      EXPECT_NEAR(proven(DiscreteMeasure(x), DiscreteMeasure(y), order).distance, expected, expected * 1e-13);
    }
  }
}

TEST(GroundTruth, OnALineInSpaceItIsTheSame) {
  test::RandomClouds random(54);
  const Points x = random.normal_points(150, 1);
  const Points y = random.normal_points(101, 1);
  const Eigen::RowVector3d direction(2.0 / 7, 3.0 / 7, 6.0 / 7);
  for (const int order : {1, 2}) {
    const double expected = quantile_distance({x.data(), x.data() + 150}, {y.data(), y.data() + 101}, order);
    const Solution solution =
        proven(DiscreteMeasure(Points(x * direction)), DiscreteMeasure(Points(y * direction)), order);
    EXPECT_NEAR(solution.distance, expected, expected * 1e-12);
  }
}

TEST(GroundTruth, GaussianFormulaBoundsFromBelow) {
  test::RandomClouds random(55);
  const Points x = random.normal_points(400, 2);
  Points y = 2.0 * random.normal_points(400, 2);
  y.col(1) += y.col(0);
  y.col(0).array() += 3.0;
  const auto covariance = [](const Points& points) -> Eigen::Matrix2d {
    const Points centred = points.rowwise() - points.colwise().mean();
    return centred.transpose() * centred / static_cast<double>(points.rows());
  };
  const Eigen::Matrix2d s = covariance(x);
  const Eigen::Matrix2d t = covariance(y);
  // tr (S^½ T S^½)^½ is the sum of the roots of the eigenvalues of ST; for two of them √λ₁ + √λ₂ = √(tr + 2√det).
  const double cross = std::sqrt((s * t).trace() + 2.0 * std::sqrt((s * t).determinant()));
  const double gelbrich = (x.colwise().mean() - y.colwise().mean()).squaredNorm() + s.trace() + t.trace() - 2.0 * cross;
  const double squared = std::pow(proven(DiscreteMeasure(x), DiscreteMeasure(y), 2).distance, 2);
  EXPECT_GE(squared, gelbrich);
  EXPECT_LE(squared, 1.1 * gelbrich);  // Samples of Gaussian laws are near the bound.
}

TEST(GroundTruth, RadialLawsCostWhatTheirRadiiCost) {
  // 16 rays of 12 radii each against the same rays with other radii: angles are kept, radii matched in order.
  test::RandomClouds random(56);
  std::vector<double> r(12), s(12);
  for (double& radius : r) radius = 1.0 + random.uniform();
  for (double& radius : s) radius = 3.0 + random.uniform();
  Points x(16 * 12, 2), y(16 * 12, 2);
  for (int ray = 0; ray < 16; ++ray) {
    const Eigen::RowVector2d direction(std::cos(2 * pi * ray / 16), std::sin(2 * pi * ray / 16));
    for (int k = 0; k < 12; ++k) {
      x.row(12 * ray + k) = r[static_cast<std::size_t>(k)] * direction;
      y.row(12 * ray + k) = s[static_cast<std::size_t>(k)] * direction;
    }
  }
  for (const int order : {1, 2}) {
    const double expected = quantile_distance(r, s, order);
    EXPECT_NEAR(proven(DiscreteMeasure(x), DiscreteMeasure(y), order).distance, expected, expected * 1e-12);
  }
}

TEST(GroundTruth, PointMassToARing) {
  SampleOptions options;
  options.kind = "ring";
  options.n = 4000;
  options.radius = 2.0;
  options.std = 0.25;
  options.stratified = true;
  options.seed = 7;
  const double distance = proven(DiscreteMeasure(Points::Zero(1, 2)), sample(options), 2).distance;
  // W₂² = R² + 2σ²; |y|² has the variance 4R²σ² + 4σ⁴, the mean of 4000 is within five standard errors.
  const double deviation = std::sqrt((4 * 4.0 * 0.0625 + 4 * 0.0625 * 0.0625) / 4000);
  EXPECT_NEAR(distance * distance, 4.0 + 2 * 0.0625, 5 * deviation);
}

TEST(GroundTruth, GaussianToEqualDiracsOnACircle) {
  // W₂² = R² + 2s² − 2Rs·√(π/2)·sin(π/k)/(π/k) for N(0, s²I) against k Diracs at radius R.
  const int k = 8;
  const double radius = 1.5, s = 0.5;
  test::RandomClouds random(57);
  Points diracs(k, 2);
  for (int j = 0; j < k; ++j) diracs.row(j) << radius * std::cos(2 * pi * j / k), radius * std::sin(2 * pi * j / k);
  const Points gaussian = s * random.normal_points(4000, 2);
  const double distance = proven(DiscreteMeasure(gaussian), DiscreteMeasure(diracs), 2).distance;
  const double expected =
      radius * radius + 2 * s * s - 2 * radius * s * std::sqrt(pi / 2) * std::sin(pi / k) / (pi / k);
  // The mean of |x|² − 2⟨x, T(x)⟩ over 4000 points; the variance of a term is below 2E|x|⁴ + 8R²E|x|² = 16s⁴ + 16R²s².
  EXPECT_NEAR(distance * distance, expected, 5 * std::sqrt(10.0 / 4000));
}

TEST(GroundTruth, UniformSamplesOnALine) {
  // E W₂² = 1/(3(n + 1)) between two samples of size n; five standard errors of the mean of 4000 draws.
  test::RandomClouds random(58);
  const Index n = 10;
  const int draws = 4000;
  double sum = 0, squares = 0;
  for (int draw = 0; draw < draws; ++draw) {
    Points x(n, 1), y(n, 1);
    for (Index i = 0; i < n; ++i) x(i, 0) = random.uniform(), y(i, 0) = random.uniform();
    SolveOptions options;
    options.threads = 1;
    const double squared = 2.0 * solve(DiscreteMeasure(x), DiscreteMeasure(y), options).certificate.primal;
    sum += squared;
    squares += squared * squared;
  }
  const double mean = sum / draws;
  const double error = std::sqrt((squares / draws - mean * mean) / draws);
  EXPECT_NEAR(mean, 1.0 / (3.0 * (n + 1)), 5 * error);
}

TEST(GroundTruth, UniformSamplesInTheUnitSquare) {
  // n·E W₂² ≈ ln n/(2π) + 0.61. A draw is off by a third of the mean at most times, 60 of them by 5 %: twice that.
  test::RandomClouds random(59);
  const Index n = 128;
  const int draws = 60;
  double sum = 0;
  for (int draw = 0; draw < draws; ++draw) {
    Points x(n, 2), y(n, 2);
    for (Index i = 0; i < 2 * n; ++i) x.data()[i] = random.uniform(), y.data()[i] = random.uniform();
    SolveOptions options;
    options.threads = 1;
    sum += 2.0 * solve(DiscreteMeasure(x), DiscreteMeasure(y), options).certificate.primal;
  }
  const double expected = std::log(static_cast<double>(n)) / (2 * pi) + 0.61;
  EXPECT_NEAR(static_cast<double>(n) * sum / draws, expected, 0.1 * expected);
}

}  // namespace
}  // namespace brenier
