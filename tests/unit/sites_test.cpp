#include "engines/sites.hpp"

#include <gtest/gtest.h>

#include "support/random_clouds.hpp"

namespace brenier {
namespace {

using engines::EngineResult;
using engines::Problem;

/// Takes note of the problems that it is given and ships along the north-west corner.
class Recorder final : public engines::Engine {
 public:
  double memory_estimate(Index, Index, Index) const override { return 0.0; }

  EngineResult solve(Problem problem, RunControl&, SolveStats&) const override {
    sizes.push_back(problem.sources.rows());
    EngineResult result;
    result.psi = Vector::LinSpaced(problem.targets.rows(), 1.0, static_cast<double>(problem.targets.rows()));
    result.finished = true;
    for (Index i = 0; i < problem.sources.rows(); ++i) result.shipments.push_back({i, i, 1});
    return result;
  }

  mutable std::vector<Index> sizes;
};

Problem problem_of(const Points& sources, const Points& targets) {
  Problem problem;
  problem.sources = sources;
  problem.targets = targets;
  problem.supply.assign(static_cast<std::size_t>(sources.rows()), 1);
  problem.demand.assign(static_cast<std::size_t>(targets.rows()), 1);
  return problem;
}

std::vector<Index> sizes_of_sites(const Points& sources, const Points& targets) {
  const Recorder engine;
  RunControl control(nullptr, 1e9, 1);
  SolveStats stats;
  const EngineResult result = engines::solve_by_sites(engine, problem_of(sources, targets), control, stats);
  EXPECT_EQ(result.shipments.size(), static_cast<std::size_t>(sources.rows()));
  return engine.sizes;
}

TEST(Sites, AreSolvedOneByOneWhereEachHasWhatItNeeds) {
  const Points x = (Points(4, 1) << 0, 1, 1000, 1001).finished(), y = (Points(4, 1) << 1000, 0.5, 2, 1002).finished();
  EXPECT_EQ(sizes_of_sites(x, y), (std::vector<Index>{2, 2}));
}

TEST(Sites, AreFoundWithinSites) {
  const Points x = (Points(3, 2) << 0, 0, 0, 1e3, 1e9, 0).finished();
  EXPECT_EQ(sizes_of_sites(x, x).size(), 3u);
}

TEST(Sites, MayStandInAnyPattern) {
  // Three sites at the corners of a triangle, none of them on one side of the middle alone.
  const Points x = (Points(6, 2) << 0, 0, 0, 1, 500, 0, 501, 0, 1000, 500, 1001, 500).finished();
  EXPECT_EQ(sizes_of_sites(x, x.rowwise() + Eigen::RowVector2d(0.3, 0.4)), (std::vector<Index>{2, 2, 2}));
}

TEST(Sites, AreOneWhereMassHasToCross) {
  const Points x = (Points(3, 1) << 0, 1, 1000).finished(), y = (Points(3, 1) << 0, 1000, 1001).finished();
  EXPECT_EQ(sizes_of_sites(x, y), (std::vector<Index>{3}));
}

TEST(Sites, AreOneWhereTheGapIsNotWorthIt) {
  test::RandomClouds random(85);
  EXPECT_EQ(sizes_of_sites(random.normal_points(50, 3), random.normal_points(50, 3)), (std::vector<Index>{50}));
  const Points x = (Points(4, 1) << 0, 1, 10, 11).finished(), y = (Points(4, 1) << 0.3, 1.4, 9.8, 10.6).finished();
  EXPECT_EQ(sizes_of_sites(x, y), (std::vector<Index>{4}));
}

}  // namespace
}  // namespace brenier
