#include <signal.h>

#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "cli_fixture.hpp"

namespace brenier::test {
namespace {

constexpr Index size = 4000;  // Seconds of simplex on 16 million pairs: the signal comes long before it is done.

class Interrupt : public CliTest {
 protected:
  /// Starts a long solve and sends the signals as soon as the simplex runs.
  ProcessResult interrupt(const std::vector<int>& signals) const {
    const std::string source = cloud("source.npy", "uniform", size, 1);
    const std::string target = cloud("target.npy", "gaussian", size, 2);
    ProcessOptions options;
    bool sent = false;
    options.on_error_output = [&](pid_t process, const std::string& err) {
      if (sent || err.find("simplex") == std::string::npos) return;
      sent = true;
      for (const int signal_number : signals) kill(process, signal_number);
    };
    const ProcessResult result = run_brenier({"solve", source, target, "--engine", "lemon", "--plan", path("plan.csv"),
                                              "--potentials", path("potentials.csv"), "--json", path("result.json")},
                                             options);
    EXPECT_TRUE(sent) << result.err;
    return result;
  }

  void expect_feasible_answer() const {
    const TransportPlan plan = read_plan(path("plan.csv"), size, size);
    // Each marginal is a sum of a few masses of at most 1/4000, which rounds far below 1e-15.
    EXPECT_LE((plan.source_marginal().array() - 1.0 / size).abs().maxCoeff(), 1e-15);
    EXPECT_LE((plan.target_marginal().array() - 1.0 / size).abs().maxCoeff(), 1e-15);
    EXPECT_EQ(read_potentials(path("potentials.csv"), size, size).phi.size(), size);
    const auto json = nlohmann::json::parse(read_text(path("result.json")));
    EXPECT_EQ(json["termination"], "interrupted");
    EXPECT_LE(json["lower_bound"], json["primal"]);
  }
};

TEST_F(Interrupt, WritesAFeasiblePlanAfterCtrlC) {
  const ProcessResult result = interrupt({SIGINT});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.out.find("NOT OPTIMAL: interrupted"), std::string::npos) << result.out;
  expect_feasible_answer();
}

TEST_F(Interrupt, WritesAFeasiblePlanAfterSigterm) {
  const ProcessResult result = interrupt({SIGTERM});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  expect_feasible_answer();
}

TEST_F(Interrupt, EndsAtOnceAtTheSecondSignal) {
  // Two different ones: two of a kind may arrive as one.
  const ProcessResult result = interrupt({SIGINT, SIGTERM});
  EXPECT_NE(result.signal, 0) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(files(), (std::vector<std::string>{"source.npy", "target.npy"}));
}

}  // namespace
}  // namespace brenier::test
