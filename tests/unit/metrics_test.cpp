#include "brenier/metrics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "brenier/ground_cost.hpp"
#include "sampling/draw_rows.hpp"
#include "support/draw.hpp"
#include "support/expect_message.hpp"
#include "support/random_clouds.hpp"
#include "support/reference_assignment.hpp"

namespace brenier::test {
namespace {

SolveOptions of_order(int order) {
  SolveOptions options;
  options.order = order;
  return options;
}

TEST(Wasserstein, IsTheLengthOfATranslation) {
  const DiscreteMeasure cloud = draw("ring", 100, 1);
  const DiscreteMeasure moved(Points(cloud.points().rowwise() + Eigen::RowVector2d(3.0, 4.0)));
  for (const int order : {1, 2}) EXPECT_NEAR(wasserstein(cloud, moved, of_order(order)), 5.0, 1e-14);
}

TEST(Wasserstein, IsNotGivenWhenTheSolveWasStopped) {
  SolveOptions options;
  options.time_limit = 1e-9;
  EXPECT_MESSAGE(wasserstein(draw("ring", 300, 1), draw("gaussian", 300, 2), options), NotProven,
                 "no proven optimum: the solve ended as time_limit");
}

TEST(SampleFloor, IsTheDistanceOfDisjointHalves) {
  // Of two points, the halves are these two.
  Points points(2, 2);
  points << 0, 0, 3, 4;
  SampleFloorOptions options;
  options.repeats = 3;
  const SampleFloor floor = sample_floor(DiscreteMeasure(points), options);
  EXPECT_EQ(floor.size, 1);
  EXPECT_EQ(floor.values, (std::vector<double>{5.0, 5.0, 5.0}));
  EXPECT_EQ(floor.mean, 5.0);
  EXPECT_EQ(floor.standard_deviation, 0.0);
}

TEST(SampleFloor, HasTheMeanAndTheScatterOfItsValues) {
  SampleFloorOptions options;
  options.size = 50;
  options.repeats = 4;
  options.seed = 7;
  options.solve.order = 1;
  const SampleFloor floor = sample_floor(draw("ring", 200, 1), options);
  ASSERT_EQ(floor.values.size(), 4U);
  double mean = 0.0, squares = 0.0;
  for (const double value : floor.values) mean += value / 4.0;
  for (const double value : floor.values) squares += (value - mean) * (value - mean);
  EXPECT_NEAR(floor.mean, mean, 1e-15);
  EXPECT_NEAR(floor.standard_deviation.value(), std::sqrt(squares / 3.0), 1e-15);
  EXPECT_EQ(sample_floor(draw("ring", 200, 1), options).values, floor.values);
  options.seed = 8;
  EXPECT_NE(sample_floor(draw("ring", 200, 1), options).values, floor.values);
  options.repeats = 1;
  EXPECT_FALSE(sample_floor(draw("ring", 200, 1), options).standard_deviation.has_value());
}

TEST(SampleFloor, MeasuresTheDrawsOfItsSeed) {
  const DiscreteMeasure target = draw("ring", 30, 1);
  SampleFloorOptions options;
  options.repeats = 3;
  options.seed = 11;
  for (const int order : {1, 2}) {
    options.solve.order = order;
    const SampleFloor floor = sample_floor(target, options);
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint64_t seed = sampling::numbered_random(11, k).bits();
      const std::vector<Index> rows = sampling::draw_rows(target.weights(), 30, seed);
      const Points first = target.points()(std::vector<Index>(rows.begin(), rows.begin() + 15), Eigen::all);
      const Points second = target.points()(std::vector<Index>(rows.begin() + 15, rows.end()), Eigen::all);
      const double cost = reference_assignment(order, first, second);
      EXPECT_NEAR(floor.values[k], GroundCost(order).distance(cost), 1e-13);
    }
  }
}

TEST(SampleFloor, OfUniformSamplesOnALineHasTheKnownMean) {
  // E W₂² = 1/(3(n + 1)) for n against n (MATH: 1-D uniform). Over 200 pairs of n = 32 the mean of W₂² scatters by
  // about 0.06 of itself: W₂² has a standard deviation of about 0.8 of its mean. Four of these deviations are allowed.
  SampleOptions law;
  law.kind = "uniform";
  law.dimension = 1;
  SampleFloorOptions options;
  options.size = 32;
  options.repeats = 200;
  const SampleFloor floor = sample_floor(law, options);
  double mean_square = 0.0;
  for (const double value : floor.values) mean_square += value * value / 200.0;
  const double expected = 1.0 / (3.0 * 33.0);
  EXPECT_NEAR(mean_square, expected, 4.0 * 0.06 * expected);
}

TEST(SampleFloor, RefusesMoreThanThereIs) {
  SampleFloorOptions options;
  options.size = 51;
  EXPECT_MESSAGE(sample_floor(draw("ring", 100, 1), options), std::invalid_argument,
                 "floor: two samples of 51 points each are not to be had from 100 points with mass, expected a size "
                 "from 1 to 50");
  options.repeats = 0;
  options.size = 10;
  EXPECT_MESSAGE(sample_floor(draw("ring", 100, 1), options), std::invalid_argument, "floor: repeats is 0");
  options.size = 0;
  options.repeats = 1;
  EXPECT_MESSAGE(sample_floor(SampleOptions(), options), std::invalid_argument, "floor: size is 0");
}

TEST(MapQuality, IsPerfectForTheExactMap) {
  const DiscreteMeasure source = draw("gaussian", 50, 1), target = draw("ring", 50, 2);
  const Points& exact = target.points();
  EXPECT_EQ(l2_uvp(source, exact, exact, variance(target)), 0.0);
  EXPECT_NEAR(displacement_cosine(source, exact, exact).value(), 1.0, 1e-15);
  EXPECT_LT(bw2_uvp(GaussianMoments(target), GaussianMoments(target)), 1e-25);
}

TEST(MapQuality, IsAHundredPercentForTheConstantMapToTheMean) {
  const DiscreteMeasure source = draw("gaussian", 50, 1), target = draw("ring", 50, 2);
  const Points constant = target.mean().transpose().replicate(50, 1);
  EXPECT_NEAR(l2_uvp(source, constant, target.points(), variance(target)), 100.0, 1e-11);
  EXPECT_NEAR(bw2_uvp(GaussianMoments{DiscreteMeasure(constant)}, GaussianMoments(target)), 100.0, 1e-11);
}

TEST(MapQuality, CosineIsOneOverallRatio) {
  Points points = Points::Zero(2, 2), learned(2, 2), exact(2, 2);
  learned << 1, 0, 0, 3;
  exact << 2, 0, 4, 0;  // Products 2 and 0, squares ½(1 + 9) and ½(4 + 16).
  EXPECT_NEAR(displacement_cosine(DiscreteMeasure(points), learned, exact).value(), 1.0 / std::sqrt(5.0 * 10.0), 1e-15);
  EXPECT_FALSE(displacement_cosine(DiscreteMeasure(points), points, exact).has_value());
}

TEST(MapQuality, RefusesShapesAndTargetsWithoutVariance) {
  const DiscreteMeasure source = draw("gaussian", 5, 1);
  EXPECT_MESSAGE(l2_uvp(source, Points::Zero(4, 2), source.points(), 1.0), std::invalid_argument,
                 "mapped: 4 points in 2 dimensions, expected one for each of the source's 5 in 2");
  EXPECT_MESSAGE(l2_uvp(source, source.points(), source.points(), 0.0), std::invalid_argument,
                 "target: its variance is 0");
  Points broken = source.points();
  broken(3, 1) = std::numeric_limits<double>::infinity();
  EXPECT_MESSAGE(monge_gap(source, broken), std::invalid_argument, "mapped: row 3, column 1 is inf");
}

TEST(MongeGap, IsZeroForTheGradientOfAConvexFunctionAndTheLoopForARotation) {
  const DiscreteMeasure source = draw("gaussian", 100, 1);
  Eigen::Matrix2d stretch;
  stretch << 2.0, 0.5, 0.5, 1.0;
  // The optimal cost is the mean of the same numbers, in another order: equal to rounding of about one.
  EXPECT_LT(monge_gap(source, source.points() * stretch).value(), 1e-14);

  // Four corners that each go on to the next: cost 1 along the sides, and 0 for who stays.
  Points corners(4, 2), next(4, 2);
  corners << 0, 0, 1, 0, 1, 1, 0, 1;
  next << 1, 0, 1, 1, 0, 1, 0, 0;
  EXPECT_EQ(monge_gap(DiscreteMeasure(corners), next, of_order(1)).value(), 1.0);
  EXPECT_EQ(monge_gap(DiscreteMeasure(corners), next, of_order(2)).value(), 0.5);
}

TEST(PotentialQuality, IsTheOptimalCostForOptimalPotentials) {
  for (const int order : {1, 2}) {
    const DiscreteMeasure source = draw("gaussian", 80, 1), target = draw("ring", 60, 2);
    const Solution solution = solve(source, target, of_order(order));
    const PotentialQuality quality = potential_quality(source, target, solution.potentials, of_order(order));
    const double cost = solution.certificate.primal;
    EXPECT_EQ(quality.transport_cost, cost);
    // Sums of 140 numbers of about the size of the cost.
    EXPECT_NEAR(quality.given_value.value(), cost, 1e-14);
    EXPECT_NEAR(quality.value_of_phi.value(), cost, 1e-14);
    EXPECT_NEAR(quality.value_of_psi.value(), cost, 1e-14);
    EXPECT_NEAR(quality.worst_violation.value(), 0.0, 1e-14);
    EXPECT_NEAR(quality.relative_shortfall().value(), 0.0, 1e-11);
  }
}

TEST(PotentialQuality, IsABoundWhateverThePotentialsAre) {
  RandomClouds random(4);
  for (int round = 0; round < 20; ++round) {
    const int order = 1 + round % 2;
    const DiscreteMeasure source(random.normal_points(12, 2)), target(random.normal_points(12, 2));
    const Potentials given = {random.normal_points(12, 1).col(0), random.normal_points(12, 1).col(0)};
    const PotentialQuality quality = potential_quality(source, target, given, of_order(order));
    const double cost = reference_assignment(order, source.points(), target.points());
    EXPECT_NEAR(quality.transport_cost, cost, 1e-14);
    EXPECT_LE(quality.best_value(), cost + 1e-14);
    EXPECT_GT(quality.worst_violation.value(), 0.0);
    EXPECT_GE(quality.shortfall(), -1e-14);
    const PotentialQuality alone = potential_quality(source, target, {given.phi, {}}, of_order(order));
    EXPECT_EQ(alone.value_of_phi, quality.value_of_phi);
    EXPECT_FALSE(alone.value_of_psi || alone.given_value || alone.worst_violation);
  }
}

TEST(PotentialQuality, RefusesWhatIsNoPotential) {
  const DiscreteMeasure cloud = draw("gaussian", 5, 1);
  EXPECT_MESSAGE(potential_quality(cloud, cloud, {}), std::invalid_argument, "neither phi nor psi is given");
  EXPECT_MESSAGE(potential_quality(cloud, cloud, {Vector::Zero(4), {}}), std::invalid_argument,
                 "phi: there are 4 entries for 5 points");
}

TEST(NearestNeighbours, AreTheNearestPointsTheFirstAmongTies) {
  RandomClouds random(5);
  for (int round = 0; round < 40; ++round) {
    const Index d = random.integer(1, 16);
    const Points points = random.awkward_points(random.integer(1, 400), d), queries = random.awkward_points(30, d);
    const NearestNeighbours found = nearest_neighbours(points, queries);
    for (Index q = 0; q < queries.rows(); ++q) {
      Index nearest = 0;
      const double square = (points.rowwise() - queries.row(q)).rowwise().squaredNorm().minCoeff(&nearest);
      EXPECT_NEAR(found.distance[q], std::sqrt(square), 1e-14 * std::sqrt(square));
      const Index index = found.index[static_cast<std::size_t>(q)];
      EXPECT_NEAR((points.row(index) - queries.row(q)).norm(), std::sqrt(square), 1e-14 * std::sqrt(square));
    }
  }
  EXPECT_EQ(nearest_neighbours(Points::Zero(3, 2), Points::Ones(1, 2)).index, std::vector<Index>{0});
}

TEST(NearestNeighbours, DoNotDependOnTheUnitOfLength) {
  RandomClouds random(6);
  for (const Index d : {1, 2, 3, 20}) {
    const Points points = random.normal_points(60, d), queries = random.normal_points(60, d);
    const NearestNeighbours found = nearest_neighbours(points, queries);
    const TwoSampleAccuracy accuracy = two_sample_accuracy(points, queries);
    for (const int exponent : {-900, -600, 600, 900}) {
      const double unit = std::ldexp(1.0, exponent);
      const NearestNeighbours scaled = nearest_neighbours(unit * points, unit * queries);
      EXPECT_EQ(scaled.index, found.index);
      EXPECT_EQ(scaled.distance, unit * found.distance);
      EXPECT_EQ(two_sample_accuracy(unit * points, unit * queries).overall(), accuracy.overall());
    }
  }
}

TEST(NearestNeighbourAccuracy, IsThePartOfRightLabels) {
  Points labelled(2, 1), unseen(4, 1);
  labelled << 0, 10;
  unseen << 1, 4, 6, 9;
  EXPECT_EQ(nearest_neighbour_accuracy(labelled, {3, 7}, unseen, {3, 7, 7, 7}), 0.75);
  EXPECT_MESSAGE(nearest_neighbour_accuracy(labelled, {3}, unseen, {3, 7, 7, 7}), std::invalid_argument,
                 "labelled: there are 1 labels for 2 points");
}

TEST(TwoSampleAccuracy, TellsCloudsThatAreApartFromCopies) {
  const DiscreteMeasure cloud = draw("ring", 200, 1);
  const Points away = cloud.points().array() + 100.0;
  EXPECT_EQ(two_sample_accuracy(cloud.points(), away).overall(), 1.0);
  // Each point's nearest other is its copy in the other cloud.
  EXPECT_EQ(two_sample_accuracy(cloud.points(), cloud.points()).overall(), 0.0);
  // All in one place: the nearest other is the first generated point, or for that one the second.
  const TwoSampleAccuracy heap = two_sample_accuracy(Points::Zero(5, 2), Points::Zero(5, 2));
  EXPECT_EQ(heap.generated, 1.0);
  EXPECT_EQ(heap.target, 0.0);
  EXPECT_MESSAGE(two_sample_accuracy(cloud.points(), away.topRows(199)), std::invalid_argument,
                 "1-NN: 200 generated and 199 target points, expected as many of both, at least 2");
}

TEST(ModeShares, CountPointsAndMass) {
  Points points(4, 1), centres(3, 1);
  points << 0.0, 0.5, 9.0, 50.0;
  centres << 0.0, 10.0, 30.0;
  const DiscreteMeasure cloud(points, Vector{{4, 2, 1, 1}});
  const ModeShares shares = mode_shares(cloud, centres, 1.0);
  EXPECT_EQ(shares.count, (std::vector<Index>{2, 1, 1}));
  EXPECT_EQ(shares.mass, (Vector{{0.75, 0.125, 0.125}}));
  EXPECT_EQ(shares.close_count, (std::vector<Index>{2, 1, 0}));
  EXPECT_EQ(shares.close_mass, (Vector{{0.75, 0.125, 0.0}}));
  EXPECT_EQ(shares.covered(), 2);
  EXPECT_EQ(mode_shares(cloud, centres).covered(), 3);
  EXPECT_MESSAGE(mode_shares(cloud, centres, -1.0), std::invalid_argument, "radius: is -1, expected 0 or more");
  EXPECT_MESSAGE(mode_shares(cloud, Points::Zero(1, 2)), std::invalid_argument, "centres: dimension 2");
}

TEST(Subsample, DrawsPointsWithMassWithoutReplacement) {
  Points points(4, 1);
  points << 1, 2, 3, 4;
  const DiscreteMeasure cloud(points, Vector{{1, 0, 3, 4}});
  const DiscreteMeasure all = subsample(cloud, 3, 1);
  EXPECT_EQ(all.points().sum(), 1 + 3 + 4);
  EXPECT_EQ(all.weights().sum(), 1 + 3 + 4);
  EXPECT_EQ(subsample(cloud, 2, 1).points(), subsample(cloud, 2, 1).points());
  EXPECT_MESSAGE(subsample(cloud, 4, 1), std::invalid_argument, "subsample: n is 4, expected 1 to 3");
}

}  // namespace
}  // namespace brenier::test
