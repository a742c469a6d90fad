#include "brenier/gaussian_moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"

namespace brenier::test {
namespace {

Points diagonal(const Vector& entries) { return entries.asDiagonal().toDenseMatrix(); }

TEST(GaussianMoments, AreTheWeightedMeanAndCovarianceOfACloud) {
  Points points(3, 2);
  points << 0, 0, 2, 0, 0, 4;
  const GaussianMoments moments(DiscreteMeasure(points, Vector{{2, 1, 1}}));
  // Mean (½, 1); E x² = 1, E y² = 4, E xy = 0.
  EXPECT_DOUBLE_EQ(moments.mean()[0], 0.5);
  EXPECT_DOUBLE_EQ(moments.mean()[1], 1.0);
  const Points covariance = moments.covariance();
  // A few roundings of numbers up to 4.
  EXPECT_NEAR(covariance(0, 0), 0.75, 1e-14);
  EXPECT_NEAR(covariance(1, 1), 3.0, 1e-14);
  EXPECT_NEAR(covariance(0, 1), -0.5, 1e-14);
  EXPECT_NEAR(covariance(1, 0), -0.5, 1e-14);
  EXPECT_NEAR(moments.variance(), 3.75, 1e-14);
  EXPECT_NEAR(variance(DiscreteMeasure(points, Vector{{2, 1, 1}})), 3.75, 1e-14);
}

TEST(GaussianMoments, UnbiasedDividesByOneMinusTheSquaresOfTheWeights) {
  RandomClouds random(1);
  const DiscreteMeasure cloud(random.normal_points(10, 3));
  const Points population = GaussianMoments(cloud).covariance();
  const Points unbiased = GaussianMoments(cloud, Covariance::unbiased).covariance();
  EXPECT_LT((unbiased - 10.0 / 9.0 * population).cwiseAbs().maxCoeff(), 1e-14);
}

TEST(GaussianMoments, RefuseWhatIsNoCovariance) {
  EXPECT_MESSAGE(GaussianMoments(Vector::Zero(2), Points::Identity(3, 3)), std::invalid_argument,
                 "covariance: is 3 x 3, expected 2 x 2 for a mean of 2 entries");
  Points matrix = Points::Identity(2, 2);
  matrix(1, 0) = 0.5;
  EXPECT_MESSAGE(GaussianMoments(Vector::Zero(2), matrix), std::invalid_argument,
                 "covariance: row 1, column 0 is 0.5, but row 0, column 1 is 0; expected a symmetric matrix");
  matrix << 1, 2, 2, 1;
  EXPECT_MESSAGE(GaussianMoments(Vector::Zero(2), matrix), std::invalid_argument,
                 "covariance: has the eigenvalue -0.9999999");
  matrix(0, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_MESSAGE(GaussianMoments(Vector::Zero(2), matrix), std::invalid_argument,
                 "covariance: row 0, column 0 is nan, expected a finite number");
  EXPECT_MESSAGE(GaussianMoments(DiscreteMeasure(Points::Zero(1, 2)), Covariance::unbiased), std::invalid_argument,
                 "covariance: only one point carries mass");
}

TEST(FrechetDistance, OfGaussiansThatShareTheirAxesIsThatOfTheStandardDeviations) {
  // |m₁ − m₂|² + Σ (σₖ − τₖ)² where the covariances commute.
  const GaussianMoments a(Vector{{0, 0, 0}}, diagonal(Vector{{4, 1, 0}}));
  const GaussianMoments b(Vector{{3, 0, 4}}, diagonal(Vector{{1, 9, 4}}));
  EXPECT_NEAR(frechet_distance(a, b), 25.0 + 1.0 + 4.0 + 4.0, 1e-13);
  EXPECT_NEAR(bures_wasserstein(a, b), std::sqrt(34.0), 1e-14);
}

TEST(FrechetDistance, IsTheLengthOfAnOptimalLinearMap) {
  // x ↦ Ax + b with A symmetric and positive definite is optimal between Gaussians: W₂² = |b + (A − 1)m|² + |(A −
  // 1)R|².
  RandomClouds random(2);
  const DiscreteMeasure cloud(random.normal_points(50, 3));
  Eigen::Matrix3d matrix;
  matrix << 2.0, 0.5, 0.0, 0.5, 1.0, -0.25, 0.0, -0.25, 0.5;
  const Eigen::RowVector3d shift(1.0, -2.0, 3.0);
  const Points image = (cloud.points() * matrix).rowwise() + shift;
  const double expected = (cloud.points() - image).rowwise().squaredNorm().mean();
  EXPECT_NEAR(frechet_distance(GaussianMoments(cloud), GaussianMoments(DiscreteMeasure(image))), expected,
              1e-13 * expected);
}

TEST(FrechetDistance, KeepsItsDigitsWhereTheMomentsAreNearlyTheSame) {
  // Σ₂ = (1 + 1e-6)² Σ₁: the distance is 1e-12 tr Σ₁, of which tr Σ₁ + tr Σ₂ − … would keep four digits.
  RandomClouds random(3);
  const Points points = random.normal_points(40, 5);
  const Points centred = points.rowwise() - points.colwise().mean();
  const GaussianMoments a{DiscreteMeasure(centred)}, b{DiscreteMeasure(Points((1.0 + 1e-6) * centred))};
  // (1e-6)² to the 1e-16/1e-6 that is lost of 1 + 1e-6, and of the means, which are not quite zero.
  EXPECT_NEAR(frechet_distance(a, b), 1e-12 * a.variance(), 1e-8 * 1e-12 * a.variance());
  // A few roundings of tr Σ₁ at the most, squared.
  EXPECT_LT(frechet_distance(a, a), 1e-28 * a.variance());
}

TEST(FrechetDistance, TakesFewerPointsThanDimensions) {
  // Two points and three in ℝ⁵: the covariances have ranks 1 and 2.
  Points one = Points::Zero(2, 5), other = Points::Zero(4, 5);
  one(0, 0) = 1.0, one(1, 0) = -1.0;      // Variance 1 along the first axis.
  other(0, 0) = 2.0, other(1, 0) = -2.0;  // Variance 2 along the first and 2 along the second axis.
  other(2, 1) = 2.0, other(3, 1) = -2.0;
  const double root = std::sqrt(2.0);
  EXPECT_NEAR(frechet_distance(GaussianMoments{DiscreteMeasure(one)}, GaussianMoments{DiscreteMeasure(other)}),
              (root - 1.0) * (root - 1.0) + 2.0, 1e-14);
}

TEST(FrechetDistance, RefusesDifferentDimensions) {
  const GaussianMoments a(Vector::Zero(2), Points::Identity(2, 2)), b(Vector::Zero(3), Points::Identity(3, 3));
  EXPECT_MESSAGE(frechet_distance(a, b), std::invalid_argument, "moments: dimension 3, but the others have 2");
}

}  // namespace
}  // namespace brenier::test
