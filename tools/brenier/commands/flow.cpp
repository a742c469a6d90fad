#include <chrono>
#include <iostream>
#include <memory>
#include <utility>

#include "brenier/euler_flow.hpp"
#include "brenier/io.hpp"
#include "options/command.hpp"
#include "options/files.hpp"
#include "options/flow_request.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"
#include "runs/flow_folder.hpp"

namespace brenier::cli {
namespace {

using Reason = Termination::Reason;

/// A flow on its way through its folder, with the full flow beside it where a minibatch flow is compared.
class FlowRun {
 public:
  /// @param description the content of run.json.  @param state the one to go on from, if any.
  FlowRun(const FlowRequest& request, const FlowClouds& clouds, std::string description, FlowFolder folder,
          std::optional<FlowState> state)
      : request_(request),
        description_(std::move(description)),
        folder_(std::move(folder)),
        flow_(state ? EulerFlow(std::move(*state), clouds.target, request.flow_options())
                    : EulerFlow(clouds.source, clouds.target, request.flow_options(), clouds.passengers)),
        resumed_(state.has_value()),
        kept_(resumed_ ? flow_.record().step : -1) {
    if (!request.compares()) return;
    full_ = std::make_unique<EulerFlow>(
        resumed_ ? EulerFlow(folder_.full_state(flow_.record().step), clouds.target, request.options)
                 : EulerFlow(clouds.source, clouds.target, request.options));
  }

  /// Runs to the last step, or until a solve ends otherwise; every step that is done is in the folder then.
  Termination run(ProgressBar& bar) {
    Termination side;  // Of what happens beside the flow's own steps.
    Termination own = flow_.run(request_.steps, [&](EulerFlow&) {
      if (std::exchange(resumed_, false)) return true;  // The step of the checkpoint is in the folder already.
      side = keep_step();
      if (side.reason == Reason::optimal) bar.reach(flow_.record().step, figures());
      return side.reason == Reason::optimal && !bar.stop_requested();
    });
    keep_checkpoint();
    if (own.reason != Reason::optimal) return own;
    if (side.reason != Reason::optimal && side.reason != Reason::not_run) return side;
    return flow_.record().step < request_.steps ? Termination{Reason::interrupted, ""} : own;
  }

  const EulerFlow& flow() const { return flow_; }
  const std::optional<FlowBias>& bias() const { return bias_; }
  Index kept() const { return kept_; }

 private:
  /// Completes the record of the present step and writes all that belongs to it.
  Termination keep_step() {
    const Index step = flow_.record().step;
    const bool snapshot = request_.is_snapshot(step);
    const bool measures =
        request_.distances == Distances::all || (request_.distances == Distances::snapshots && snapshot);
    Termination termination{Reason::optimal, ""};
    if (measures) termination = flow_.record_distances();
    if (full_ && termination.reason == Reason::optimal) termination = step == 0 ? full_->start() : full_->step();
    if (termination.reason != Reason::optimal) return termination;

    // Not sooner: a plan that the options refuse leaves no files.
    if (step == 0) folder_.begin_flow(description_, flow_.target(), request_.compares());
    folder_.append(flow_.record());
    if (full_) bias_ = flow_bias(flow_, *full_);
    if (snapshot) folder_.write_snapshot(flow_.state());
    if (snapshot && bias_) folder_.append_bias(flow_.record(), full_->record(), request_.options.order, *bias_);
    kept_ = step;
    if (snapshot || std::chrono::steady_clock::now() - last_checkpoint_ > checkpoint_period) keep_checkpoint();
    return termination;
  }

  /// Of the present step, if that is in the table.
  void keep_checkpoint() {
    if (flow_.record().step != kept_) return;
    folder_.write_checkpoint(flow_.state(), full_ ? &full_->state() : nullptr);
    last_checkpoint_ = std::chrono::steady_clock::now();
  }

  std::string figures() const {
    const FlowRecord& record = flow_.record();
    return "loss " + digits(record.loss, 6) + ", |grad| " + digits(record.velocity_norm, 6);
  }

  /// What a kill may cost, and rare enough to cost nothing itself.
  static constexpr auto checkpoint_period = std::chrono::seconds(1);

  const FlowRequest& request_;
  std::string description_;
  FlowFolder folder_;
  EulerFlow flow_;
  std::unique_ptr<EulerFlow> full_;
  std::optional<FlowBias> bias_;
  bool resumed_;
  Index kept_;  ///< The last step that is in the table.
  std::chrono::steady_clock::time_point last_checkpoint_ = std::chrono::steady_clock::now();
};

void add_distance(Summary& summary, const std::string& name, const std::optional<double>& value) {
  if (value) summary.add(name, digits(*value));
}

Summary summarise(const FlowRequest& request, const FlowRun& run, const Termination& termination) {
  const FlowRecord& record = run.flow().record();
  const bool done = termination.reason == Reason::optimal;
  const std::string steps = std::to_string(record.step) + " of " + std::to_string(request.steps);
  Summary summary;
  summary.add("steps", steps + (done ? "" : ": " + to_string(termination.reason)));
  if (!termination.detail.empty() && termination.reason == Reason::unproven) summary.add("", termination.detail);
  if (!done) summary.add("", "the same command with --resume goes on from here");
  if (run.kept() != record.step) return summary;
  summary.add("time t", digits(record.time));
  add_distance(summary, "W1 to the target", record.w1);
  add_distance(summary, "W2 to the target", record.w2);
  add_distance(summary, "predicted W" + std::to_string(request.options.order), record.predicted);
  if (run.bias()) summary.add("bias", digits(run.bias()->root_mean_square, 6) + " rms from the full flow");
  summary.add("loss", digits(record.loss));
  summary.add("gradient norm", digits(record.velocity_norm));
  const EulerFlow::Effort& effort = run.flow().effort();
  summary.add("proofs",
              std::to_string(effort.verified) + " by verification, " + std::to_string(effort.solved) + " by a solve");
  summary.add("time", digits(record.seconds, 3) + " s");
  return summary;
}

/// The state to go on from; nothing to begin anew.
std::optional<FlowState> open_folder(const FlowRequest& request, const std::string& description,
                                     const FlowFolder& folder) {
  std::optional<FlowState> state;
  if (goes_on(request, description)) state = folder.resume(description, request.compares());
  if (state && state->record.step > request.steps) {
    throw UsageError("--steps " + std::to_string(request.steps) + ": " + std::to_string(state->record.step) +
                     " steps are done already in " + request.out);
  }
  return state;
}

}  // namespace

int run_flow(const std::vector<std::string>& words) {
  FlowRequest request;
  if (!parse_flow(words, request)) return exit_done;
  const FlowClouds clouds = read_flow_clouds(request);
  const EulerFlow checks_the_options(clouds.source, clouds.target, request.flow_options(), clouds.passengers);
  const FlowFolder folder(request.out);
  const std::string description = describe_run(request, clouds);
  std::optional<FlowState> state = open_folder(request, description, folder);
  const NewFolder gone_if_left_empty = folder.make();

  InterruptGuard guard(!request.quiet, "stopping after the steps that are done");
  ProgressBar bar(request.quiet, state ? state->record.step : 0, request.steps);
  request.options.monitor = &bar;
  FlowRun run(request, clouds, description, folder, std::move(state));
  const Termination termination = naming({request.source, request.target}, [&] { return run.run(bar); });
  std::cout << summarise(request, run, termination);
  return termination.reason == Reason::optimal ? exit_done : exit_failed;
}

}  // namespace brenier::cli
