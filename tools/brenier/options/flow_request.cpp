#include "options/flow_request.hpp"

#include <limits>

#include "brenier/version.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/law_option.hpp"
#include "options/option_values.hpp"
#include "reports/json_object.hpp"
#include "reports/report.hpp"
#include "runs/fingerprint.hpp"
#include "runs/run_folder.hpp"

namespace brenier::cli {
namespace {

constexpr Index most = Index{1} << 53;

void declare(Arguments& arguments, FlowRequest& request) {
  FlowOptions& options = request.options;
  arguments.positional("SOURCE", request.source, "cloud of the particles");
  arguments.positional("TARGET", request.target, "cloud that they flow to");
  add_order(arguments, options.order);
  arguments.option("step", "E", real_number(options.step, Range::positive),
                   "length of a step: order 2, the part of the way, at most 1; order 1, a distance; required");
  arguments.option("steps", "N", whole_number(request.steps, Index{0}, most), "number of steps in all; required");
  arguments.option("out", "DIR", text(request.out), "folder for the results, made when it is not there; required");
  arguments.flag("resume", request.resume, "go on with the run in DIR; the result is that of a run without a break");
  arguments.flag("clip", options.clip, "order 1: no step goes beyond the target");
  arguments.option("passengers", "FILE", text(request.passengers),
                   "a cloud that rides along by the off-sample gradient, without taking part in the solves");
  arguments.option("every", "K", whole_number(request.every, Index{1}, most),
                   "write the particles at each K-th step and the last (default 10)");
  arguments.option(
      "resolve", "HOW", one_of<Resolve>(options.resolve, {{"warm", Resolve::warm}, {"cold", Resolve::cold}}),
      "warm (default): verify what theory expects of the next step, solve where it fails; cold: solve each step anew");
  add_displacement(arguments, options.displacement);
  arguments.option(
      "distances", "WHICH",
      one_of<Distances>(request.distances,
                        {{"own", Distances::own}, {"snapshots", Distances::snapshots}, {"all", Distances::all}}),
      "the other order's distance costs a solve: own (never), snapshots (default) or all (each step)");
  arguments.option("minibatch", "M", whole_number(request.minibatch.targets, Index{1}, most),
                   "take each step's potential to M fresh samples of the target instead of the whole");
  arguments.option("minibatch-particles", "M", whole_number(request.minibatch.particles, Index{1}, most),
                   "from M of the particles only (default: all)");
  arguments.option("law", "KIND[:NAME=VALUE,...]", text(request.law),
                   "draw the samples from this law of brenier sample, e.g. ring:std=0.2, not from TARGET");
  arguments.option("seed", "S",
                   whole_number(request.minibatch.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()),
                   "of the samples (default 0)");
  arguments.option("bias", "YES|NO", one_of<bool>(request.bias, {{"yes", true}, {"no", false}}),
                   "run the full flow beside a minibatch flow and report how far they part (default yes)");
  add_threads(arguments, options.threads);
  add_normalize(arguments, request.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(
      "DIR/flow.csv has a row a step: step,t,w1,w2,loss,velocity_norm,predicted,relative_gap,seconds\n"
      "DIR/particles_000000.npz holds points, weights, identity and passengers; DIR/target.npz the target;\n"
      "DIR/run.json every option; DIR/checkpoint.npz is for --resume.\n");
  arguments.note(cloud_formats_help());
  arguments.note("Ctrl-C ends after the steps that are done, with exit code 1; --resume goes on from there.\n");
}

void require(bool given, const char* option) {
  if (!given) throw UsageError(std::string(option) + " is missing");
}

/// Refuses options that the others leave without a meaning.
void refuse(const Arguments& arguments, const char* option, const char* reason) {
  if (arguments.given(option)) throw UsageError(std::string("--") + option + ": " + reason);
}

void check_combination(const Arguments& arguments, const FlowRequest& request) {
  if (request.options.order == 2) {
    if (request.options.step > 1.0) {
      throw UsageError("--step " + digits(request.options.step) + ": expected at most 1, the whole way, for order 2");
    }
    refuse(arguments, "clip", "only steps of order 1 can overshoot");
  }
  if (!request.is_minibatch()) {
    for (const char* option : {"minibatch-particles", "law", "seed", "bias"}) {
      refuse(arguments, option, "only for a flow with --minibatch");
    }
    return;
  }
  if (request.options.displacement != Displacement::barycentric) {
    throw UsageError("--displacement " + to_string(request.options.displacement) +
                     ": a minibatch flow moves each particle whole, expected barycentric");
  }
  refuse(arguments, "resolve", "a minibatch flow has fresh samples at each step, there is nothing to be warm from");
}

const char* name_of(Distances distances) {
  return distances == Distances::own ? "own" : distances == Distances::snapshots ? "snapshots" : "all";
}

}  // namespace

FlowOptions FlowRequest::flow_options() const {
  FlowOptions result = options;
  if (is_minibatch()) result.minibatch = minibatch;
  return result;
}

bool parse_flow(const std::vector<std::string>& words, FlowRequest& request) {
  Arguments arguments("flow",
                      "Lets particles flow to a target along the exact Wasserstein gradient: each step Y <- Y - E grad "
                      "phi(Y)\ntakes the Kantorovich potential phi between the particles and the target, proven over "
                      "all pairs.");
  declare(arguments, request);
  if (!arguments.parse(words)) return false;
  require(arguments.given("step"), "--step E");
  require(arguments.given("steps"), "--steps N");
  require(arguments.given("out"), "--out DIR");
  if (!request.law.empty()) request.minibatch.law = parse_law("--law", request.law);
  check_combination(arguments, request);
  return true;
}

FlowClouds read_flow_clouds(const FlowRequest& request) {
  auto [source, target] = read_clouds(request.source, request.target, request.normalize);
  Points passengers;
  if (!request.passengers.empty()) {
    const DiscreteMeasure cloud = read_measure(request.passengers);
    if (cloud.dimension() != source.dimension()) {
      throw std::invalid_argument(describe_cloud(request.passengers, cloud) + ", but " +
                                  describe_cloud(request.source, source) + ": both must have the same dimension");
    }
    passengers = cloud.points();
  }
  if (request.normalize) return {source.normalized(), target.normalized(), std::move(passengers)};
  return {std::move(source), std::move(target), std::move(passengers)};
}

std::string describe_run(const FlowRequest& request, const FlowClouds& clouds) {
  const FlowOptions& options = request.options;
  JsonObject json;
  json.add("command", "flow");
  json.add("version", std::string(version()));
  json.add("source", request.source);
  json.add("target", request.target);
  json.add("passengers", request.passengers);
  json.add("source_fingerprint", fingerprint(clouds.source));
  json.add("target_fingerprint", fingerprint(clouds.target));
  json.add("passengers_fingerprint", fingerprint(clouds.passengers));
  json.add("sources", clouds.source.size());
  json.add("targets", clouds.target.size());
  json.add("passenger_count", clouds.passengers.rows());
  json.add("dimension", clouds.source.dimension());
  json.add("order", options.order);
  json.add("step", options.step);
  json.add("steps", request.steps);
  json.add("every", request.every);
  json.add("clip", options.clip);
  json.add("resolve", options.resolve == Resolve::warm ? "warm" : "cold");
  json.add("displacement", to_string(options.displacement));
  json.add("distances", name_of(request.distances));
  json.add("normalize", request.normalize);
  json.add("threads", options.threads);
  json.add("minibatch", request.minibatch.targets);
  json.add("minibatch_particles", request.minibatch.particles);
  json.add("law", request.law);
  json.add("bias", request.compares());
  json.add("seed", std::to_string(request.minibatch.seed));  // Beyond 2^53 a JSON number loses digits.
  return json.text();
}

bool goes_on(const FlowRequest& request, const std::string& description) {
  return goes_on(request.out, request.resume, description, {"source", "target", "passengers", "steps", "threads"});
}

}  // namespace brenier::cli
