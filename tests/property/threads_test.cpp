#include <gtest/gtest.h>

#include <cstring>

#include "brenier/solve.hpp"
#include "support/random_clouds.hpp"

namespace brenier {
namespace {

bool same_bytes(const Vector& a, const Vector& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) == 0;
}

TEST(Threads, DoNotChangeASingleBit) {
  test::RandomClouds random(61);
  for (const Index dimension : {1, 2, 30}) {
    const DiscreteMeasure source(random.normal_points(211, dimension), random.awkward_weights(211));
    const DiscreteMeasure target(random.normal_points(190, dimension), random.awkward_weights(190));
    for (const int order : {1, 2}) {
      SolveOptions options;
      options.order = order;
      options.normalize = true;
      options.threads = 1;
      const Solution one = solve(source, target, options);
      for (const int threads : {2, 3, 8}) {
        options.threads = threads;
        const Solution many = solve(source, target, options);
        EXPECT_EQ(many.stats.threads, threads);
        EXPECT_EQ(one.plan.entries, many.plan.entries);
        EXPECT_TRUE(same_bytes(one.potentials.phi, many.potentials.phi));
        EXPECT_TRUE(same_bytes(one.potentials.psi, many.potentials.psi));
        EXPECT_EQ(one.certificate.primal, many.certificate.primal);
        EXPECT_EQ(one.certificate.dual, many.certificate.dual);
        EXPECT_EQ(one.certificate.relative_gap, many.certificate.relative_gap);
        EXPECT_EQ(one.certificate.max_violation, many.certificate.max_violation);
        EXPECT_EQ(one.certificate.lower_bound, many.certificate.lower_bound);
      }
    }
  }
}

}  // namespace
}  // namespace brenier
