#include <gtest/gtest.h>

#include "brenier/euler_flow.hpp"
#include "brenier/io.hpp"
#include "file_fixture.hpp"
#include "support/draw.hpp"

namespace brenier::testing {
namespace {

class FlowStateFile : public FileTest {
 protected:
  /// The state after two steps, with everything in it.
  static FlowState some_state() {
    EulerFlow flow(test::draw("gaussian", 7, 1), test::draw("ring", 11, 2), {}, rows({{0.5, 0.25}}));
    flow.run(2, [](EulerFlow&) { return true; });
    return flow.state();
  }
};

TEST_F(FlowStateFile, ReadsBackExactly) {
  const FlowState state = some_state();
  write_flow_state(path("state.npz"), state);
  const FlowState read = read_flow_state(path("state.npz"));
  EXPECT_EQ(read.record.step, 2);
  EXPECT_EQ(read.record.time, state.record.time);
  EXPECT_EQ(read.record.w2, state.record.w2);
  EXPECT_EQ(read.record.w1, std::nullopt);
  EXPECT_EQ(read.record.predicted, state.record.predicted);
  EXPECT_EQ(read.record.loss, state.record.loss);
  EXPECT_EQ(read.record.velocity_norm, state.record.velocity_norm);
  EXPECT_EQ(read.record.relative_gap, state.record.relative_gap);
  EXPECT_EQ(read.particles, state.particles);
  EXPECT_EQ(read.weights, state.weights);
  EXPECT_EQ(read.identity, state.identity);
  EXPECT_EQ(read.images, state.images);
  EXPECT_EQ(read.passengers, state.passengers);
  EXPECT_EQ(read.plan.entries, state.plan.entries);
  EXPECT_EQ(read.plan.sources, 7);
  EXPECT_EQ(read.plan.targets, 11);
  EXPECT_EQ(read.potentials.phi, state.potentials.phi);
  EXPECT_EQ(read.potentials.psi, state.potentials.psi);
  EXPECT_EQ(read.samples.size(), 0);
  EXPECT_EQ(read.first_lengths.size(), state.first_lengths.size());
}

TEST_F(FlowStateFile, HoldsNoTime) {
  FlowState state = some_state();
  state.record.seconds = 1.0;
  write_flow_state(path("a.npz"), state);
  state.record.seconds = 2.0;
  write_flow_state(path("b.npz"), state);
  EXPECT_EQ(content("a.npz"), content("b.npz"));
}

TEST_F(FlowStateFile, GivesParticlesThatReadAsACloud) {
  const FlowState state = some_state();
  write_particles(path("particles.npz"), state);
  const DiscreteMeasure cloud = read_measure(path("particles.npz"));
  EXPECT_EQ(cloud.points(), state.particles);
  EXPECT_EQ(cloud.weights(), state.weights);
}

TEST_F(FlowStateFile, RefusesAnotherFile) {
  write_measure(path("cloud.npz"), DiscreteMeasure(rows({{1, 2}})));
  EXPECT_EQ(error_of([&] { read_flow_state(path("cloud.npz")); }),
            "cloud.npz: found 'points.npy', expected 'record.npy'");
  EXPECT_EQ(error_of([&] { write_flow_state(path("state.csv"), some_state()); }),
            "state.csv: the state of a flow is written as .npz");
}

TEST_F(FlowStateFile, RefusesWhatIsDamaged) {
  write_flow_state(path("state.npz"), some_state());
  const std::string bytes = content("state.npz");
  for (std::size_t length = 0; length < bytes.size(); length += 97) {
    file("cut.npz", bytes.substr(0, length));
    EXPECT_NE(error_of([&] { read_flow_state(path("cut.npz")); }), "no error") << length;
  }
}

}  // namespace
}  // namespace brenier::testing
